"""Calls `alicloud emulate` with the official Python clients: it accepts exactly the requests that the gateway accepts.

`run` beside this file installs the clients and starts it. It fails with the first thing that is not as it must be.
"""

import collections
import glob
import importlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import types
import urllib.parse
import urllib.request

from alibabacloud_tea_openapi import models as tea_models
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException, ThrottlingException
from alibabacloud_tea_openapi.utils import Utils
from alibabacloud_tea_util import models as util_models
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.composer import rpc_signature_composer
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

HERE = os.path.dirname(os.path.abspath(__file__))
TOKEN = "CAIS+/=token"
PLAIN = ("testid", "testsecret", None)
STS = ("STS.temporary", "temporary secret", TOKEN)

# The callers, with the expected error code of the gateway, or None.
CALLERS = [
    (PLAIN, None),
    (STS, None),
    (("testid", "wrong", None), "SignatureDoesNotMatch"),
    (("STS.temporary", "wrong", TOKEN), "SignatureDoesNotMatch"),
    (("nobody", "testsecret", None), "InvalidAccessKeyId.NotFound"),
    (("disabled", "disabled secret", None), "InvalidAccessKeyId.Inactive"),
    (("testid", "testsecret", TOKEN), "InvalidSecurityToken.MismatchWithAccessKey"),
    (("STS.temporary", "temporary secret", None), "MissingSecurityToken"),
    (("STS.temporary", "temporary secret", "other"), "InvalidSecurityToken.MismatchWithAccessKey"),
    (("STS.ended", "ended secret", TOKEN), "InvalidSecurityToken.Expired"),
]


# The operations that were written by hand, with the names of their tests. There are thousands of imported ones.
HAND_WRITTEN = {
    "DeleteActivation": "ecs_delete_activation_example",
    "DeleteOTAFirmware": "iot_delete_ota_firmware_example",
    "InactivateDeviceCertificate": "onsmqtt_inactivate_device_certificate_example",
    "ResetThing": "iot_reset_thing_example",
    "UnRegisterDeviceCredential": "onsmqtt_un_register_device_credential_example",
}


def hand_written_specs():
    """Returns a folder with only their spec files."""
    folder = tempfile.TemporaryDirectory()
    for path in glob.glob(os.path.join(HERE, "../../specs/*/*/*.yaml")):
        if os.path.basename(path).removesuffix(".yaml") in HAND_WRITTEN:
            version = os.path.dirname(path)
            copy = os.path.join(folder.name, *version.split(os.sep)[-2:])
            os.makedirs(copy, exist_ok=True)
            shutil.copy(path, copy)
            shutil.copy(os.path.join(version, "service.yaml"), copy)
    return folder


class Emulator:
    """A running `alicloud emulate`."""

    def __init__(self, program):
        scenario = os.path.join(HERE, "scenario.yaml")
        self.specs = hand_written_specs()
        command = [program, "emulate", "--specs", self.specs.name, "--no-catalogue", "--port", "0", "--no-flow-control"]
        command += ["--scenario", scenario]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = None
        for line in self.process.stdout:
            found = re.search(r"endpoint +http://(\S+)", line)
            self.address = found.group(1) if found else self.address
            if "Ctrl-C" in line:
                break
        assert self.address, "the emulator did not start"
        # Reads the lines of the calls, so that the emulator does not block on a full pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def admin(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{self.address}/_emulator/{path}", data, method=method)
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)

    def calls(self, after=0):
        return self.admin(f"calls?after={after}")["calls"]

    def last(self):
        return self.admin("calls?limit=0")["last"]

    def stop(self):
        self.process.send_signal(2)
        return self.process.wait()


class TeaClient:
    """The generated clients, which sign with V3, or with V1 if requested."""

    def __init__(self, signature):
        self.signature = signature
        self.name = f"tea {signature}"

    def call(self, address, caller, operation, parameters):
        try:
            self.attempt(address, caller, operation, parameters)
        except AlibabaCloudException as error:
            return error.code
        return None

    def attempt(self, address, caller, operation, parameters):
        access_key_id, secret, token = caller
        module = f"alibabacloud_{operation['product'].lower()}{operation['version'].replace('-', '')}"
        config = tea_models.Config(
            access_key_id=access_key_id,
            access_key_secret=secret,
            security_token=token,
            type="sts" if token else "access_key",
            endpoint=address,
            protocol="HTTP",
            region_id="cn-hangzhou",
            signature_algorithm="v2" if self.signature == "V1" else None,
        )
        client = importlib.import_module(f"{module}.client").Client(config)
        models = importlib.import_module(f"{module}.models")
        name = operation["operation"]
        request = getattr(models, f"{name}Request")().from_map(parameters)
        (method,) = [one for one in dir(client) if one.replace("_", "") == name.lower()]
        # The documentation may have a parameter that the model of this client lacks.
        known = request.to_map()
        more = {name: value for name, value in parameters.items() if name not in known}
        options = util_models.RuntimeOptions(extends_parameters=util_models.ExtendsParameters(queries=more))
        return getattr(client, f"{method}_with_options")(request, options)


class CoreClient:
    """The older client, which signs with V1."""

    signature = "V1"
    name = "core V1"

    def call(self, address, caller, operation, parameters):
        access_key_id, secret, token = caller
        credential = StsTokenCredential(*caller) if token else AccessKeyCredential(access_key_id, secret)
        client = AcsClient(region_id="cn-hangzhou", credential=credential)
        request = CommonRequest(version=operation["version"], action_name=operation["operation"])
        request.set_endpoint(address)
        request.set_protocol_type("http")
        request.set_method("POST" if "POST" in operation["methods"] else "GET")
        places = {one["name"]: one["in"] for one in operation["parameters"]}
        for name, value in parameters.items():
            assert isinstance(value, str), f"{name} is not a scalar, which this client does not support"
            add = request.add_body_params if places[name] == "form" else request.add_query_param
            add(name, value)
        try:
            client.do_action_with_exception(request)
        except ServerException as error:
            # The client reports this if the string to sign is the same and only the secret differs.
            renamed = {"InvalidAccessKeySecret": "SignatureDoesNotMatch"}
            return renamed.get(error.get_error_code(), error.get_error_code())
        return None


CLIENTS = [TeaClient("V3"), TeaClient("V1"), CoreClient()]


def check(found, expected, what):
    assert found == expected, f"{what}: expected {expected!r}, found {found!r}"


def callers_are_told_apart(emulator, operations):
    for client in CLIENTS:
        for operation in operations:
            for caller, code in CALLERS:
                what = f"{client.name}, {operation['operation']}, {caller}"
                before = emulator.last()
                check(client.call(emulator.address, caller, operation, operation["examples"][0]), code, what)
                (call,) = emulator.calls(before)
                check((call["code"], call["signature"]), (code, client.signature), what)


def all_clients_are_understood_alike(emulator, operations):
    before = emulator.last()
    command = ["cargo", "test", "--quiet", "--test", "interop", "--", *HAND_WRITTEN.values()]
    env = {**os.environ, "ALICLOUD_INTEROP_ENDPOINT": f"http://{emulator.address}"}
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    typed = emulator.calls(before)
    for operation in operations:
        name = operation["operation"]
        expected = sorted(json.dumps(example, sort_keys=True) for example in operation["examples"])
        assert expected, f"{name} has no example"
        for signature in ["V1", "V3"]:
            found = [one for one in typed if (one["operation"], one["signature"]) == (name, signature)]
            check(inputs(found), expected, f"typed {signature}, {name}")
        for client in CLIENTS:
            before = emulator.last()
            for example in operation["examples"]:
                check(client.call(emulator.address, PLAIN, operation, example), None, f"{client.name}, {name}")
            check(inputs(without_region(emulator.calls(before), operation)), expected, f"{client.name}, {name}")


def inputs(calls):
    return sorted(json.dumps(call["input"], sort_keys=True) for call in calls)


def without_region(calls, operation):
    """The older client adds the region to every call. It is ignored if the example has none."""
    for call in calls:
        if all("RegionId" not in example for example in operation["examples"]):
            call["input"].pop("RegionId", None)
    return calls


def documented_errors_arrive(emulator, operations):
    for operation in operations:
        errors = {error["code"] for error in operation["errors"] if "%s" not in error["code"] and error["status"] >= 400}
        for client in CLIENTS:
            for code in sorted(errors) + ["Throttling.User", "ServiceUnavailable"]:
                # The older client retries some calls.
                emulator.admin("responses", {"operation": operation["operation"], "error": code, "times": 10})
                found = client.call(emulator.address, PLAIN, operation, operation["examples"][0])
                check(found, code, f"{client.name}, {operation['operation']}")
                emulator.admin("responses", method="DELETE")


def throttling_is_told_with_its_end(emulator, operations):
    operation = operations[0]
    error = {"status": 400, "code": "Throttling.User", "message": "Request was denied due to user flow control."}
    response = {"operation": operation["operation"], "error": error, "headers": {"x-acs-retry-after": "1500"}}
    emulator.admin("responses", response)
    try:
        TeaClient("V3").attempt(emulator.address, PLAIN, operation, operation["examples"][0])
    except ThrottlingException as throttled:
        check(throttled.retry_after, 1500, "how long the official client would wait")
    else:
        raise AssertionError("the official client took a throttled call for a good one")


class Recorder:
    """A server that accepts one request and never responds."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        self.request = b""
        self.thread = threading.Thread(target=self.record)
        self.thread.start()

    def record(self):
        connection, _ = self.listener.accept()
        with connection:
            while not is_whole(self.request):
                self.request += connection.recv(65536)
        self.listener.close()


def is_whole(request):
    head, end, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return bool(end) and len(body) >= (int(length.group(1)) if length else 0)


def capture(client, caller, operation):
    recorder = Recorder()
    try:
        client.call(recorder.address, caller, operation, operation["examples"][0])
    except Exception:  # It got no response.
        pass
    recorder.thread.join()
    return recorder.request


def send(emulator, request):
    host, port = emulator.address.split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(request)
        reply = b""
        while not is_whole(reply):
            more = connection.recv(65536)
            if not more:
                break
            reply += more
    return int(reply.split(b" ")[1]) if reply else 0


def no_byte_may_change(emulator, operations):
    tampered = 0
    for client in CLIENTS:
        for caller in [PLAIN, STS]:
            for operation in operations:
                request = capture(client, caller, operation)
                assert is_whole(request), f"{client.name} sent half a request"
                for at in places_of(request, client.signature):
                    changed = bytearray(request)
                    changed[at] = ord("y") if changed[at] == ord("x") else ord("x")
                    status = send(emulator, bytes(changed))
                    line = f"{client.name}, {operation['operation']}, byte {at} of {request!r}"
                    assert status >= 400 or status == 0, f"accepted {line}"
                    tampered += 1
                what = f"{client.name}, {operation['operation']}, untouched"
                check(send(emulator, request), 200, what)
                check(send(emulator, request), 400, what + ", again")
                check(emulator.calls(emulator.last() - 1)[0]["code"], "SignatureNonceUsed", what + ", again")
    return tampered


def places_of(request, signature):
    """The positions of the signature, and of the bytes that it covers."""
    head, _, body = request.partition(b"\r\n\r\n")
    line, *headers = head.split(b"\r\n")
    # The method, and the target without its slash and question mark.
    places = list(range(line.index(b" "))) + list(range(line.index(b"/") + 2, line.rindex(b" ")))
    start = len(line) + 2
    signed = re.search(rb"SignedHeaders=([^,]+)", head)
    names = signed.group(1).split(b";") + [b"authorization"] if signed else []
    for header in headers:
        name = header.split(b":")[0].lower()
        if signature == "V3" and name in names:
            skip = header.index(b":") + 2
            places += range(start + skip, start + len(header))
        start += len(header) + 2
    body_start = len(request) - len(body)
    return places + list(range(body_start, len(request)))


def the_typed_client_signs_as_the_official_ones(program, operations):
    """The requests of the typed client, captured and signed again with the functions of the official clients."""
    verified = 0
    for operation in operations:
        for caller in [PLAIN, ("STS.temporary", "temporary-secret", TOKEN)]:
            for example in operation["examples"]:
                for signature, again in [("v1", v1_signatures), ("v3", v3_signatures)]:
                    request = capture_typed(program, caller, operation, example, signature)
                    what = f"{operation['operation']}, {signature}, {request!r}"
                    found, officials = again(request, caller)
                    for official in officials:
                        check(found, official, what)
                        verified += 1
    return verified


def capture_typed(program, caller, operation, example, signature):
    recorder = Recorder()
    command = [program, "call", operation["product"], operation["operation"], "--params", json.dumps(example)]
    command += ["--endpoint", f"http://{recorder.address}", "--signature", signature]
    names = ["ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"]
    env = {f"ALIBABA_CLOUD_{name}": value for name, value in zip(names, caller) if value}
    # It gets no response.
    result = subprocess.run(command, env=env, stderr=subprocess.PIPE)
    check(result.returncode, 1, result.stderr)
    recorder.thread.join()
    return recorder.request


def parts_of(request):
    head, _, body = request.partition(b"\r\n\r\n")
    line, *headers = head.decode().split("\r\n")
    method, target, _ = line.split(" ")
    path, _, query = target.partition("?")
    headers = dict(header.split(": ", 1) for header in headers)
    return method, path, dict(urllib.parse.parse_qsl(query, keep_blank_values=True)), headers, body


def v1_signatures(request, caller):
    method, _, parameters, _, body = parts_of(request)
    parameters.update(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    found = parameters.pop("Signature")
    check(parameters["AccessKeyId"], caller[0], "the AccessKey")
    string_to_sign = getattr(rpc_signature_composer, "__compose_string_to_sign")(method, parameters)
    core = getattr(rpc_signature_composer, "__get_signature")(string_to_sign, caller[1])
    return found, [Utils.get_rpcsignature(parameters, method, caller[1]), core]


def v3_signatures(request, caller):
    method, path, query, headers, body = parts_of(request)
    found = headers["authorization"]
    names = re.search(r"SignedHeaders=([^,]+)", found).group(1).split(";")
    payload = headers["x-acs-content-sha256"]
    check(payload, Utils.hex_encode(Utils.hash(body, "ACS3-HMAC-SHA256")), "the hash of the body")
    signed = {name: headers[name] for name in names}
    again = types.SimpleNamespace(method=method, pathname=path, query=query, headers=signed)
    return found, [Utils.get_authorization(again, "ACS3-HMAC-SHA256", payload, *caller[:2])]


def idle_connections_keep_nobody_out(emulator, operations):
    host, port = emulator.address.split(":")
    idle = [socket.create_connection((host, int(port))) for _ in range(3000)]
    half = idle[::2]
    for connection in half:
        try:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n")
        except OSError:
            pass  # The server has closed it to accept others.
    for operation in operations:
        found = CLIENTS[0].call(emulator.address, PLAIN, operation, operation["examples"][0])
        check(found, None, "beside 3000 idle connections")
    for connection in idle:
        connection.close()


def memory_of(process):
    """The peak memory in MiB, if the system reports it."""
    try:
        status = open(f"/proc/{process.pid}/status").read()
    except OSError:
        return None
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) // 1024


def client_of(call):
    agent = call["user_agent"]
    families = [("TeaDSL/", "alibabacloud_tea_openapi"), ("alicloud/", "alicloud"), ("Core/", "aliyun-python-sdk-core")]
    return next((name for part, name in families if part in agent), "unknown")


def main():
    emulator = Emulator(sys.argv[1])
    counts = collections.Counter()
    try:
        operations = emulator.admin("operations")["operations"]
        check(len(operations), len(HAND_WRITTEN), "the number of operations")
        for part in [
            callers_are_told_apart,
            all_clients_are_understood_alike,
            documented_errors_arrive,
            throttling_is_told_with_its_end,
        ]:
            emulator.admin("reset", {})
            before = emulator.last()
            part(emulator, operations)
            for call in emulator.calls(before):
                counts[client_of(call), call["signature"] or "none", call["code"] or str(call["status"])] += 1
        tampered = no_byte_may_change(emulator, operations)
        verified = the_typed_client_signs_as_the_official_ones(sys.argv[1], operations)
        idle_connections_keep_nobody_out(emulator, operations)
        memory = memory_of(emulator.process)
        assert memory is None or memory < 300, f"the emulator took {memory} MiB"
        check(emulator.stop(), 0, "how the emulator ended")
    finally:
        emulator.process.kill()
    print(f"{'client':26}{'signature':11}{'outcome':44}calls")
    for (client, signature, outcome), count in sorted(counts.items()):
        print(f"{client:26}{signature:11}{outcome:44}{count:5}")
    print(f"{verified} signatures of the typed client equal those of the official functions.")
    print(f"{tampered} captured requests with one changed byte were rejected, and 3000 idle connections blocked no call.")
    print(f"The emulator took {memory} MiB at most." if memory else "The system does not report the memory of the emulator.")


if __name__ == "__main__":
    main()
