"""Calls every operation of official Python clients against `alicloud emulate`, with its required parameters.

    every_operation.py PROGRAM REQUIREMENTS [--memory MIB] [--least PERCENT]

REQUIREMENTS is a file with a line `alibabacloud_<product><date>==<version>` for each client; all of them are installed.
The emulator serves the whole catalogue, without a folder of specs. The exit code is 1 if the emulator accepts less than
PERCENT of the calls, or uses more memory. Every rejected call is printed with its reason. Operations that a client has and
the catalogue does not, because one is older than the other, are printed and counted separately.
"""

import argparse
import importlib
import inspect
import json
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from alibabacloud_tea_openapi import models as tea_models
from alibabacloud_tea_util import models as util_models


# Why the emulator rejects a call of an official client.
EXPLAINED = {
    "CheckMobilesCardSupport": "the client writes the keys of a map in another form than the metadata describes",
    "CapacityPlan": "the client sends no AccessKey, which the emulator accepts with --anonymous",
    "DescribeDBInstanceReplication": "the client sends POST, and the metadata allows only GET",
}


class Emulator:
    """A running `alicloud emulate` that serves everything."""

    def __init__(self, program):
        begin = time.monotonic()
        command = [program, "emulate", "--port", "0", "--no-flow-control"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = None
        for line in self.process.stdout:
            found = re.search(r"endpoint +http://(\S+)", line)
            self.address = found.group(1) if found else self.address
            if "Ctrl-C" in line:
                break
        assert self.address, "the emulator did not start"
        self.start_seconds = time.monotonic() - begin
        # The emulator would wait for a reader of its lines.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def admin(self, path, **query):
        with urllib.request.urlopen(f"http://{self.address}/_emulator/{path}?{urllib.parse.urlencode(query)}") as reply:
            return json.load(reply)

    def memory(self, key):
        """The resident memory in MiB, or `None` if the system does not tell."""
        try:
            status = open(f"/proc/{self.process.pid}/status").read()
        except OSError:
            return None
        return int(re.search(rf"{key}:\s+(\d+) kB", status).group(1)) / 1024

    def stop(self):
        self.process.send_signal(2)
        return self.process.wait()


class Client:
    """A generated client, with its operations by their methods."""

    def __init__(self, package, address):
        self.package = package
        module = importlib.import_module(f"{package}.client")
        self.models = importlib.import_module(f"{package}.models")
        self.client = module.Client(
            tea_models.Config(
                access_key_id="testid",
                access_key_secret="testsecret",
                endpoint=address,
                protocol="HTTP",
                region_id="cn-hangzhou",
            )
        )
        self.operations = {}
        for name, method in inspect.getmembers(self.client, inspect.ismethod):
            if not name.endswith("_with_options"):
                continue
            source = inspect.getsource(method)
            action = re.search(r"\baction *= *'([^']+)'|do_(?:rpc|roa)request\w*\(\s*'([^']+)'", source)
            version = re.search(r"\bversion *= *'([^']+)'|'(\d{4}-\d\d-\d\d)'", source)
            if action and version:
                self.operations[name] = [next(filter(None, found.groups())) for found in (action, version)]

    def call(self, name, values):
        """Calls an operation by the name of its method, with values by the names of parameters."""
        method = getattr(self.client, name)
        arguments = []
        unknown = {}
        signature = inspect.signature(method).parameters
        for parameter in signature.values():
            if parameter.name in ("request", "tmp_req"):
                kind = parameter.annotation
                if isinstance(kind, str):
                    kind = getattr(self.models, kind.split(".")[-1])
                request = kind().from_map(values)
                drop_empty_lists(request)
                # The documentation of an operation can have a parameter that the model of the client does not have.
                known = request.to_map()
                unknown = {name: str(value) for name, value in values.items() if name not in known}
                arguments.append(request)
            elif parameter.name == "headers":
                kind = str(parameter.annotation).split(".")[-1].rstrip("'>")
                arguments.append(getattr(self.models, kind)() if hasattr(self.models, kind) else {})
            elif parameter.name == "runtime":
                more = util_models.ExtendsParameters(queries=unknown if "headers" not in signature else {})
                arguments.append(util_models.RuntimeOptions(autoretry=False, max_attempts=1, extends_parameters=more))
            else:
                arguments.append(path_value(parameter.name, values))
        return method(*arguments)


def drop_empty_lists(model):
    """Removes the lists that `from_map` creates for members that are not set. A caller would not send them."""
    for name, value in vars(model).items():
        if value == []:
            setattr(model, name, None)
        for item in value if isinstance(value, list) else [value]:
            if hasattr(item, "from_map"):
                drop_empty_lists(item)


def path_value(argument, values):
    """The value of a parameter in the path, which the client spells in its own way."""
    for name, value in values.items():
        if re.sub(r"\W|_", "", name).lower() == re.sub(r"\W|_", "", argument).lower():
            return str(value)
    return "example"


def required_values(description):
    """Values for the required parameters of an operation, by their names: the example if there is one and it fits."""
    values = {}
    for parameter in description["parameters"]:
        if parameter["required"]:
            values[parameter["name"]] = value_of(parameter, parameter["type"], description["types"], [])
    for groups in description["any_of"]:
        for parameter in description["parameters"]:
            if parameter["name"] in groups[0]:
                values[parameter["name"]] = value_of(parameter, parameter["type"], description["types"], [])
    return values


def value_of(field, kind, types, within):
    item = re.fullmatch(r"(List|Map)<(.*)>", kind)
    if item:
        value = value_of(field, item.group(2), types, within)
        least = max([int(found) for limit in field["limits"] for found in re.findall(r"^(?:at least )?(\d+)\b.* items", limit)] + [1])
        return [value] * least if item.group(1) == "List" else {"key": value}
    if kind == "Object" or kind in types:
        members = (field["fields"] or []) if kind == "Object" else types[kind]
        if kind in within:
            return {}
        within = within + [kind] if kind in types else within
        required = [one for one in members if one["required"]]
        # An empty object is not sent at all.
        return {one["name"]: value_of(one, one["type"], types, within) for one in required or members[:1]}
    return scalar(field, kind)


def scalar(field, kind):
    example = field["values"][0] if field["values"] else field["default"] or field["example"]
    if kind == "Boolean":
        return True
    number = {"Integer": int, "Long": int, "Float": float, "Double": float}.get(kind)
    bounds = [limit for limit in field["limits"] if re.fullmatch(r"[\d. a-z-]+", limit)]
    if number:
        for text in [example, *re.findall(r"-?\d[\d.]*", " ".join(bounds)), "1"]:
            try:
                return number(text)
            except (TypeError, ValueError):
                continue
    if kind in ("Any", "Binary", "Bytes"):
        return example or "e30="
    return example or "example"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("requirements")
    parser.add_argument("--memory", type=float, default=150)
    parser.add_argument("--least", type=float, default=99)
    options = parser.parse_args()
    packages = [line.split("==")[0].strip().replace("-", "_") for line in open(options.requirements) if line.strip()]
    packages = [package for package in packages if re.search(r"\d{8}$", package)]
    emulator = Emulator(options.program)
    start = emulator.memory("VmRSS")
    total = accepted = unknown = 0
    for package in packages:
        client = Client(package, emulator.address)
        good = 0
        for name, (operation, version) in client.operations.items():
            described = emulator.admin("operations", version=version, operation=operation)["operations"]
            if not described:
                unknown += 1
                print(f"{package} {operation}: not in the catalogue")
                continue
            total += 1
            before = emulator.admin("calls", limit=0)["last"]
            try:
                client.call(name, required_values(choose(described, package)))
            except Exception as error:
                calls = emulator.admin("calls", after=before)["calls"]
                status = calls[-1]["status"] if calls else "not sent"
                if status == 200:
                    print(f"{package} {operation}: accepted, but the client rejects the response: {first_line(error)}")
                    good += 1
                else:
                    print(f"{package} {operation}: {status} {EXPLAINED.get(operation, first_line(error))}")
            else:
                good += 1
        accepted += good
        print(f"{package}: {good} of {len(client.operations)} operations accepted")
    memory = emulator.memory("VmHWM")
    share = 100 * accepted / total
    print(f"{len(packages)} clients: {accepted} of {total} operations accepted, {share:.2f} %; {unknown} are not in the catalogue")
    print(f"started in {emulator.start_seconds:.2f} s with {start} MiB; {memory} MiB at most, {emulator.memory('VmRSS')} MiB at the end")
    emulator.stop()
    if share < options.least or memory is not None and memory > options.memory:
        sys.exit(1)


def choose(described, package):
    """Of several products with the version and the operation, the one of the client."""
    letters = lambda name: re.sub(r"[^a-z]", "", name.lower())
    own = [one for one in described if letters(one["product"]) == letters(package.removeprefix("alibabacloud_"))]
    return (own or described)[0]


def first_line(error):
    return f"{type(error).__name__} {error}".splitlines()[0][:200]


if __name__ == "__main__":
    main()
