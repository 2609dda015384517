"""Hands finished leaflets on by mail.

message.py   one mail, as bytes
journal.py   what became of each mail
"""
