"""Hands a finished leaflet on: mail.py writes an e-mail draft with its PDF attached.
"""
