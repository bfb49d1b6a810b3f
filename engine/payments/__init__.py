"""Payments: the port to who takes the money. Caseway itself never sees a card or an account."""
