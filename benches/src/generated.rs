//! Generated operations: one to call, one with a large response.

alicloud_macros::generate! {
    "bench/2014-05-26/service.yaml" => r#"
product: Bench
version: 2014-05-26
style: RPC
summary: Is called by the benchmarks.
endpoints:
  host: bench.{region}.aliyuncs.com
  regions:
    - cn-hangzhou
"#,
    "bench/2014-05-26/CreateResource.yaml" => r#"
operation: CreateResource
summary: Creates a resource.
methods: [POST, GET]
parameters:
  - { name: RegionId, type: String, required: true }
  - { name: Name, type: String, required: true, length: { min: 2, max: 128 } }
  - { name: Description, type: String }
  - { name: ClientToken, type: String }
response:
  - { name: RequestId, type: String }
  - { name: ResourceId, type: String }
  - { name: Status, type: String }
errors:
  - { status: 400, code: InvalidName, message: The name is not valid. }
  - { status: 403, code: Forbidden, message: The user may not do this. }
"#,
    "bench/2014-05-26/DescribeInstances.yaml" => r#"
operation: DescribeInstances
summary: Lists instances.
methods: [POST, GET]
parameters:
  - { name: RegionId, type: String, required: true }
response:
  - { name: RequestId, type: String }
  - { name: TotalCount, type: Integer }
  - { name: PageNumber, type: Integer }
  - { name: PageSize, type: Integer }
  - name: Instances
    type: Object
    fields:
      - name: Instance
        type: List<Object>
        fields:
          - { name: InstanceId, type: String }
          - { name: InstanceName, type: String }
          - { name: Description, type: String }
          - { name: ImageId, type: String }
          - { name: RegionId, type: String }
          - { name: ZoneId, type: String }
          - { name: ClusterId, type: String }
          - { name: InstanceType, type: String }
          - { name: InstanceTypeFamily, type: String }
          - { name: HostName, type: String }
          - { name: SerialNumber, type: String }
          - { name: Status, type: String }
          - { name: OSName, type: String }
          - { name: OSNameEn, type: String }
          - { name: OSType, type: String }
          - { name: CreationTime, type: String }
          - { name: ExpiredTime, type: String }
          - { name: StartTime, type: String }
          - { name: KeyPairName, type: String }
          - { name: InstanceChargeType, type: String }
          - { name: InternetChargeType, type: String }
          - { name: InstanceNetworkType, type: String }
          - { name: SpotStrategy, type: String }
          - { name: StoppedMode, type: String }
          - { name: CreditSpecification, type: String }
          - { name: ResourceGroupId, type: String }
          - { name: Cpu, type: Integer }
          - { name: Memory, type: Integer }
          - { name: InternetMaxBandwidthIn, type: Integer }
          - { name: InternetMaxBandwidthOut, type: Integer }
          - { name: GPUAmount, type: Integer }
          - { name: LocalStorageAmount, type: Integer }
          - { name: LocalStorageCapacity, type: Long }
          - { name: SpotPriceLimit, type: Double }
          - { name: DeviceAvailable, type: Boolean }
          - { name: IoOptimized, type: Boolean }
          - { name: Recyclable, type: Boolean }
          - { name: DeletionProtection, type: Boolean }
          - name: PublicIpAddress
            type: Object
            fields:
              - { name: IpAddress, type: List<String> }
          - name: SecurityGroupIds
            type: Object
            fields:
              - { name: SecurityGroupId, type: List<String> }
          - name: VpcAttributes
            type: Object
            fields:
              - { name: VpcId, type: String }
              - { name: VSwitchId, type: String }
              - { name: NatIpAddress, type: String }
              - name: PrivateIpAddress
                type: Object
                fields:
                  - { name: IpAddress, type: List<String> }
          - name: EipAddress
            type: Object
            fields:
              - { name: AllocationId, type: String }
              - { name: IpAddress, type: String }
              - { name: InternetChargeType, type: String }
              - { name: Bandwidth, type: Integer }
          - name: NetworkInterfaces
            type: Object
            fields:
              - name: NetworkInterface
                type: List<Object>
                fields:
                  - { name: NetworkInterfaceId, type: String }
                  - { name: MacAddress, type: String }
                  - { name: PrimaryIpAddress, type: String }
                  - { name: Type, type: String }
          - name: Tags
            type: Object
            fields:
              - name: Tag
                type: List<Object>
                fields:
                  - { name: TagKey, type: String }
                  - { name: TagValue, type: String }
"#,
}
