"""The official MCP client for Python, connected to `alicloud mcp`, with `alicloud emulate` as the service.

`run` beside this file installs the client and starts it. It fails with the first thing that is not as it must be, or if the
conversation is not the one in the guide.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import textwrap

from mcp import ClientSession, MCPError, StdioServerParameters, stdio_client

HERE = os.path.dirname(os.path.abspath(__file__))
GUIDE = os.path.join(HERE, "../../src/guide/agents.md")
SPECS = os.path.join(HERE, "../../specs")
KEY = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"}

ACTIVATION = {"RegionId": "cn-hangzhou", "ActivationId": "4ECEEE12-56F1-4FBC-9AB1-890F1234****"}
DELETE = {"product": "ecs", "operation": "DeleteActivation", "parameters": ACTIVATION}
LIST = {"product": "ecs", "operation": "DescribeActivations", "parameters": {"RegionId": "cn-hangzhou"}}


class Emulator:
    """A running `alicloud emulate`, which notes the operations that are called."""

    def __init__(self, program):
        arguments = [program, "emulate", "--product", "ecs", "--port", "0"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        greeting = ""
        while "Ctrl-C" not in greeting:
            line = self.process.stdout.readline()
            assert line, f"the emulator ended: {greeting}"
            greeting += line
        self.url = re.search(r"http://[\d.]+:\d+", greeting).group()

    def stop(self):
        """Stops it, and returns the operations that were called, each with the HTTP status."""
        self.process.terminate()
        lines = self.process.communicate()[0].splitlines()
        return [(words[2], words[3]) for words in map(str.split, lines) if len(words) > 3]


class Conversation:
    """A session, and what was said in it."""

    def __init__(self, session, url, lines):
        self.session, self.url, self.lines = session, url, lines

    def say(self, text):
        text = text.replace(self.url, "http://127.0.0.1:8080")
        self.lines += textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)

    async def call(self, tool, arguments, shown=lambda content: content):
        """Calls a tool, and returns its structured content."""
        result = await self.session.call_tool(tool, arguments)
        self.say(f"> {tool} {json.dumps(arguments)}")
        if result.is_error:
            for line in result.content[0].text.splitlines():
                self.say(line)
        else:
            # Clients that do not know structured content read the text.
            assert json.loads(result.content[0].text) == result.structured_content
            self.say(json.dumps(shown(result.structured_content), ensure_ascii=False))
        self.lines.append("")
        return result.is_error, result.structured_content


def server(program, url, *more):
    arguments = ["mcp", "--products", "ecs", "--endpoint", url, *more]
    return StdioServerParameters(command=program, args=arguments, env=KEY)


async def reading(program, url, lines):
    """Search, describe, read; and a write that is refused."""
    lines.append("$ alicloud mcp --products ecs --endpoint http://127.0.0.1:8080")
    async with stdio_client(server(program, url)) as streams, ClientSession(*streams) as session:
        greeting = await session.initialize()
        assert greeting.server_info.name == "alicloud", greeting
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        hints = {name: tool.annotations.read_only_hint for name, tool in tools.items()}
        assert hints == {
            "search_operations": True,
            "describe_operation": True,
            "call_read_operation": True,
            "call_write_operation": False,
        }, hints
        assert tools["call_write_operation"].annotations.destructive_hint is True
        talk = Conversation(session, url, lines)

        _, found = await talk.call("search_operations", {"query": "activation", "limit": 4}, lambda it: it["operations"])
        effects = {one["operation"]: one["effect"] for one in found["operations"]["first"]}
        assert effects["DescribeActivations"] == "read" and effects["DeleteActivation"] == "write", effects

        asked = {"product": "ecs", "operation": "DeleteActivation"}
        selected = ["summary", "effect", "call_with"]
        shown = lambda it: {name: it[name] for name in selected} | {"parameters": [one["name"] for one in it["parameters"]]}
        _, described = await talk.call("describe_operation", asked, shown)
        assert described["call_with"] == "call_write_operation", described

        refused, read = await talk.call("call_read_operation", LIST | {"query": "ActivationList[].ActivationId"})
        assert not refused and read["response"] == [ACTIVATION["ActivationId"]], read

        refused, error = await talk.call("call_read_operation", LIST | {"parameters": {"RegionID": "cn-hangzhou"}})
        assert refused and error["error"]["sent"] is False, error
        refused, error = await talk.call("call_read_operation", DELETE)
        assert refused and "writes" in error["error"]["message"], error
        refused, plan = await talk.call("call_write_operation", DELETE)
        assert not refused and plan["sent"] is False and plan["request"]["parameters"] == ACTIVATION, plan
        refused, error = await talk.call("call_write_operation", DELETE | {"dry_run": False})
        assert refused and "--allow-writes" in error["error"]["advice"], error

        await hostile(session)


async def hostile(session):
    """What no good client sends. The session goes on."""
    for name, arguments, problem in [
        ("search_operations", {"query": 3}, "expected a string"),
        ("search_operations", {"query": "x" * 5_000_000}, "5000000 bytes"),
        ("describe_operation", {"product": "vpc", "operation": "DescribeVpcs"}, "does not offer"),
        ("describe_operation", {"product": "ecs", "operation": "NoSuchOperation"}, "NoSuchOperation"),
        ("call_read_operation", LIST | {"parameters": {"RegionId": "cn-hangzhou", "NoSuch": "x"}}, "NoSuch"),
        ("call_read_operation", LIST | {"parameters": "x"}, "expected a map"),
        ("call_read_operation", LIST | {"parameters": {"RegionId": "cn-hangzhou", "x" * 5_000_000: 1}}, "not sent"),
        ("call_read_operation", LIST | {"endpoint": "http://192.0.2.1"}, "unknown field `endpoint`"),
    ]:
        result = await session.call_tool(name, arguments)
        text = result.content[0].text
        assert result.is_error and problem in text and len(text) < 10_000, text[:1000]
    try:
        await session.call_tool("no_such_tool", {})
        raise AssertionError("there is a tool `no_such_tool`")
    except MCPError as error:
        assert "call_read_operation" in str(error), error


async def writing(program, url, lines):
    """A write that is allowed."""
    lines.append("$ alicloud mcp --products ecs --endpoint http://127.0.0.1:8080 --allow-writes")
    async with stdio_client(server(program, url, "--allow-writes")) as streams, ClientSession(*streams) as session:
        await session.initialize()
        talk = Conversation(session, url, lines)
        refused, plan = await talk.call("call_write_operation", DELETE)
        assert not refused and plan["sent"] is False, plan
        refused, sent = await talk.call("call_write_operation", DELETE | {"dry_run": False})
        assert not refused and sent["sent"] is True, sent


def check_guide(lines):
    """Compares the conversation with the block in the guide, or updates it."""
    said = "\n".join(lines).strip()
    with open(GUIDE, encoding="utf-8") as file:
        guide = file.read()
    start = guide.index("```text\n$ alicloud mcp") + len("```text\n")
    end = guide.index("\n```", start)
    if guide[start:end] == said:
        return
    if os.environ.get("BLESS") != "1":
        sys.exit(f"the conversation is not the one in {os.path.normpath(GUIDE)}; BLESS=1 updates it:\n{said}")
    with open(GUIDE, "w", encoding="utf-8") as file:
        file.write(guide[:start] + said + guide[end:])


def main():
    program = os.path.abspath(sys.argv[1])
    emulator = Emulator(program)
    lines = []
    try:
        asyncio.run(reading(program, emulator.url, lines))
        asyncio.run(writing(program, emulator.url, lines))
    finally:
        calls = emulator.stop()
    # Neither plans nor refused calls arrived.
    assert calls == [("DescribeActivations", "200"), ("DeleteActivation", "200")], calls
    check_guide(lines)
    print(f"the conversation is as in the guide: {sum(line.startswith('>') for line in lines)} tool calls, 2 sent")


main()
