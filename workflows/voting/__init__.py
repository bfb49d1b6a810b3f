"""Approvals by several people: who has a vote, how votes are counted, and the round in which they vote."""
