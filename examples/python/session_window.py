"""An agent that works for as long as it takes: it opens a session window, remembers what it does, and extends the window before it ends.

    pip install httpx
    BASE=http://127.0.0.1:5001/api/v2 KEY=cb_… AGENT=builder python session_window.py

BASE      where Quarterdeck answers, with /api/v2 at its end
KEY       an API key of the agent, or of an admin
AGENT     the agent; default: builder
INTERVAL  seconds between two rounds of work; default: 300
ROUNDS    how many rounds to work; default: until it is interrupted
"""

import itertools
import os
import time

import httpx

AGENT = os.environ.get("AGENT", "builder")
INTERVAL = float(os.environ.get("INTERVAL", "300"))
ROUNDS = os.environ.get("ROUNDS")

EXTEND_BELOW_MINUTES = 60
EXTEND_BY_HOURS = 6


def answered(response: httpx.Response) -> dict:
    """The answer; a refusal says in `detail` what was wrong and what to do."""
    if response.is_error:
        problem = response.json()
        raise SystemExit(f"{problem['status']} {problem['reason']}: {problem['detail']}")
    return response.json()


def work(agent: httpx.Client, round_number: int) -> None:
    """One round, and a memory of it for this and later sessions."""
    memory = {"content": f"Round {round_number} is done", "type": "event", "tags": ["example"]}
    answered(agent.post(f"/agents/{AGENT}/remember", json=memory))


def keep_open(agent: httpx.Client) -> None:
    """Extends the window in time. The session token stays the same."""
    window = answered(agent.get("/session/current"))
    remaining = window["time_remaining_minutes"]
    print(f"{remaining} minutes left", flush=True)
    if remaining < EXTEND_BELOW_MINUTES:
        extended = answered(agent.post("/session/extend", params={"extend_hours": EXTEND_BY_HOURS}))
        print(f"extended to {extended['new_expires_at']}", flush=True)


def main() -> None:
    rounds = itertools.count(1) if ROUNDS is None else range(1, int(ROUNDS) + 1)
    headers = {"Authorization": f"Bearer {os.environ['KEY']}"}
    with httpx.Client(base_url=os.environ["BASE"], headers=headers) as agent:
        window = answered(agent.post(f"/agents/{AGENT}/activate"))
        print(f"window of {AGENT} open until {window['expires_at']}", flush=True)
        agent.headers["X-Session-Token"] = window["session_token"]
        try:
            for number in rounds:
                if number > 1:
                    time.sleep(INTERVAL)
                work(agent, number)
                keep_open(agent)
        except KeyboardInterrupt:
            print()
        summary = answered(agent.post(f"/agents/{AGENT}/deactivate"))
        print(f"open for {summary['duration_hours']} hours, {summary['memories_created']} memories made")


if __name__ == "__main__":
    main()
