"""Hands finished leaflets on by mail.

message.py   one mail, as bytes
journal.py   what became of each mail
queue.py     many mails: no faster than is allowed, each at most once
smtp.py      one mail to a server that sends it
imap.py      one mail into a mailbox, as a draft
account.py   who logs in, with what; why a server can't be used
"""
