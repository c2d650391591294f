"""An agent that reports to Quarterdeck over MCP.

    pip install "mcp>=2"
    python mcp_client.py http://127.0.0.1:5001/mcp cb_...

The address and the key can also come from QUARTERDECK_MCP_URL and QUARTERDECK_KEY. The key is that of a program.
"""

import asyncio
import os
import sys

import httpx2  # comes with mcp
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


class Refused(Exception):
    """A tool said no: code and reason are for programs, the message is for people."""

    def __init__(self, refusal: dict):
        super().__init__(refusal["message"])
        self.code, self.reason = refusal["code"], refusal["reason"]


async def call(client: Client, tool: str, **arguments):
    result = await client.call_tool(tool, arguments)
    if result.is_error:
        raise Refused(result.meta["quarterdeck/refusal"])
    return result.structured_content


async def main(url: str, key: str) -> None:
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=30)
    async with http, Client(streamable_http_client(url, http_client=http)) as client:
        tools = (await client.list_tools()).tools
        print(f"{len(tools)} tools: {', '.join(tool.name for tool in tools)}")

        # An id of our own makes it safe to repeat the call.
        session = (await call(client, "create_session", sessionId="python-example", name="Python example"))["session"]
        beat = await call(client, "heartbeat", sessionId=session["sessionId"])
        print(f"{session['sessionId']} is {session['state']}; the next beat is due by {beat['nextHeartbeatBy']}")

        for row in (await call(client, "list_sessions", state="working"))["sessions"]:
            print(f"  {row['programId']}: {row['name']}, seen {row['lastSeenAt']}")

        notes = {"lastTask": "Ran the Python example", "handoffNotes": "Everything works"}
        state = await call(client, "update_program_state", programId=session["programId"], contextSummary=notes)
        print(f"program state of {state['programId']} is at revision {state['revision']}")

        await call(client, "update_session", sessionId=session["sessionId"], status="Done", state="complete")
        try:
            await call(client, "heartbeat", sessionId=session["sessionId"])
        except Refused as refused:
            print(f"a late beat is refused: {refused.code} {refused.reason}: {refused}")


if __name__ == "__main__":
    arguments = sys.argv[1:] or [os.environ["QUARTERDECK_MCP_URL"], os.environ["QUARTERDECK_KEY"]]
    asyncio.run(main(*arguments))
