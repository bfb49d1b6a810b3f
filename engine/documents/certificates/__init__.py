"""Issued, numbered, signed, publicly verifiable PDFs.

The doors: `request` (what a certificate shall say), `issuing` (issue, sample), `lookup` (find, status_on),
`revoking` (revoke), `checking` (is this file ours), `copies` (the file to hand out).
"""
