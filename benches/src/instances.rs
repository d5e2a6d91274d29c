//! The response of `DescribeInstances` as a type with derived serde traits, and a sample.

use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct DescribeInstances {
    pub request_id: String,
    pub total_count: i32,
    pub page_number: i32,
    pub page_size: i32,
    pub instances: Instances,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct Instances {
    #[serde(default)]
    pub instance: Vec<Instance>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct Instance {
    pub instance_id: String,
    pub instance_name: String,
    pub description: String,
    pub image_id: String,
    pub region_id: String,
    pub zone_id: String,
    pub cluster_id: String,
    pub instance_type: String,
    pub instance_type_family: String,
    pub host_name: String,
    pub serial_number: String,
    pub status: String,
    #[serde(rename = "OSName")]
    pub os_name: String,
    #[serde(rename = "OSNameEn")]
    pub os_name_en: String,
    #[serde(rename = "OSType")]
    pub os_type: String,
    pub creation_time: String,
    pub expired_time: String,
    pub start_time: String,
    pub key_pair_name: String,
    pub instance_charge_type: String,
    pub internet_charge_type: String,
    pub instance_network_type: String,
    pub spot_strategy: String,
    pub stopped_mode: String,
    pub credit_specification: String,
    pub resource_group_id: String,
    pub cpu: i32,
    pub memory: i32,
    pub internet_max_bandwidth_in: i32,
    pub internet_max_bandwidth_out: i32,
    #[serde(rename = "GPUAmount")]
    pub gpu_amount: i32,
    pub local_storage_amount: i32,
    pub local_storage_capacity: i64,
    pub spot_price_limit: f64,
    pub device_available: bool,
    pub io_optimized: bool,
    pub recyclable: bool,
    pub deletion_protection: bool,
    pub public_ip_address: IpAddresses,
    pub security_group_ids: SecurityGroupIds,
    pub vpc_attributes: VpcAttributes,
    pub eip_address: EipAddress,
    pub network_interfaces: NetworkInterfaces,
    pub tags: Tags,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct IpAddresses {
    #[serde(default)]
    pub ip_address: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct SecurityGroupIds {
    #[serde(default)]
    pub security_group_id: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct VpcAttributes {
    pub vpc_id: String,
    pub v_switch_id: String,
    pub nat_ip_address: String,
    pub private_ip_address: IpAddresses,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct EipAddress {
    pub allocation_id: String,
    pub ip_address: String,
    pub internet_charge_type: String,
    pub bandwidth: i32,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct NetworkInterfaces {
    #[serde(default)]
    pub network_interface: Vec<NetworkInterface>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct NetworkInterface {
    pub network_interface_id: String,
    pub mac_address: String,
    pub primary_ip_address: String,
    pub r#type: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct Tags {
    #[serde(default)]
    pub tag: Vec<Tag>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the names are those of the service")]
pub struct Tag {
    pub tag_key: String,
    pub tag_value: String,
}

/// Returns a response with this number of instances.
pub fn response(count: usize) -> DescribeInstances {
    let instance = (0..count).map(instance).collect();
    DescribeInstances {
        request_id: "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E".to_owned(),
        total_count: count as i32,
        page_number: 1,
        page_size: 100,
        instances: Instances { instance },
    }
}

fn instance(index: usize) -> Instance {
    let addresses = |network: u8| IpAddresses { ip_address: vec![format!("{network}.17.{}.{index}", index % 7)] };
    Instance {
        instance_id: format!("i-bp{index:018}"),
        instance_name: format!("production-web-front-{index:03}"),
        description: "Serves the web front end; 值班 on weekdays.".to_owned(),
        image_id: "aliyun_3_x64_20G_alibase_20240819.vhd".to_owned(),
        region_id: "cn-hangzhou".to_owned(),
        zone_id: "cn-hangzhou-g".to_owned(),
        cluster_id: "c-bp67acfmxazb4p****".to_owned(),
        instance_type: "ecs.g6.large".to_owned(),
        instance_type_family: "ecs.g6".to_owned(),
        host_name: format!("host-{index:03}"),
        serial_number: format!("51d1353b-22bf-4567-a176-8b3e12e4{index:04}"),
        status: "Running".to_owned(),
        os_name: "Alibaba Cloud Linux  3.2104 LTS 64 位".to_owned(),
        os_name_en: "Alibaba Cloud Linux  3.2104 LTS 64 bit".to_owned(),
        os_type: "linux".to_owned(),
        creation_time: "2017-12-10T04:04Z".to_owned(),
        expired_time: "2017-12-10T04:04Z".to_owned(),
        start_time: "2017-12-10T04:04Z".to_owned(),
        key_pair_name: "operations-team".to_owned(),
        instance_charge_type: "PostPaid".to_owned(),
        internet_charge_type: "PayByTraffic".to_owned(),
        instance_network_type: "vpc".to_owned(),
        spot_strategy: "NoSpot".to_owned(),
        stopped_mode: "KeepCharging".to_owned(),
        credit_specification: "Standard".to_owned(),
        resource_group_id: "rg-bp67acfmxazb4p****".to_owned(),
        cpu: 8,
        memory: 16_384,
        internet_max_bandwidth_in: 50,
        internet_max_bandwidth_out: 5,
        gpu_amount: 0,
        local_storage_amount: 2,
        local_storage_capacity: 5_368_709_120,
        spot_price_limit: 0.98,
        device_available: true,
        io_optimized: true,
        recyclable: false,
        deletion_protection: index.is_multiple_of(2),
        public_ip_address: addresses(121),
        security_group_ids: SecurityGroupIds { security_group_id: vec![format!("sg-bp{index:018}")] },
        vpc_attributes: VpcAttributes {
            vpc_id: "vpc-2zeuphj08tt7q3brd****".to_owned(),
            v_switch_id: "vsw-2zeh0r1pabwtg6wcs****".to_owned(),
            nat_ip_address: "172.17.0.1".to_owned(),
            private_ip_address: addresses(172),
        },
        eip_address: EipAddress {
            allocation_id: "eip-2ze88m67qx5z****".to_owned(),
            ip_address: format!("42.112.3.{index}"),
            internet_charge_type: "PayByTraffic".to_owned(),
            bandwidth: 5,
        },
        network_interfaces: NetworkInterfaces {
            network_interface: vec![NetworkInterface {
                network_interface_id: format!("eni-2zeh9atclduxv{index:07}"),
                mac_address: format!("00:16:3e:32:b4:{index:02x}"),
                primary_ip_address: format!("172.17.0.{index}"),
                r#type: "Primary".to_owned(),
            }],
        },
        tags: Tags {
            tag: (0..index % 4)
                .map(|tag| Tag { tag_key: format!("team-{tag}"), tag_value: format!("front & back {index}") })
                .collect(),
        },
    }
}
