"""Sends mails by SMTP submission (RFC 6409), so that it is known of each whether the server has it.

The one moment at which that is not known lies between the end of a mail's data and the server's answer (RFC 1047). The
caller is told just before it, and can write it down.
"""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence

from ..model.problem import Problem, Rejected
from .account import Account, Answer, bearer, certificate, no_encryption, not_taken, plain, unreachable

PATIENCE = 60.0
"""Seconds until an answer has to come."""
POLICY = ("5.7.", "5.4.5")
"""Enhanced status codes (RFC 3463) of a server that does not want the account's mails, whoever they are to: what it
forbids, and the account's quota of a day."""
NAME = "[127.0.0.1]"
"""How this machine introduces itself (RFC 5321, 4.1.3): its own name is nobody's business, and to ask for it may take
seconds."""


class Line:
    """A connection to a submission server. Opened by the first mail, opened anew where it broke."""

    def __init__(self, account: Account, context: ssl.SSLContext | None = None) -> None:
        self.account, self.context = account, context
        self._smtp: smtplib.SMTP | None = None
        self._met = False
        """Whether the server was reached before: then it is busy, and not named wrongly."""

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *error: object) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self.drop()

    def drop(self) -> None:
        """Close the connection without a word."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def send(self, sender: str, recipients: Sequence[str], mail: bytes, intent: Callable[[], None]) -> Answer:
        """Hand one mail over. intent: is called just before the end of its data goes out; what it raises stops it.

        All recipients get it or none: where the server refuses one, the mail is not sent. Raises Rejected where nobody
        can be mailed: a wrong password, a certificate that does not hold, no server.
        """
        ended = False
        try:
            smtp = self._open()
            utf8 = not all(one.isascii() for one in (sender, *recipients))
            if utf8 and not smtp.has_extn("smtputf8"):
                return Answer("refused", "553 5.6.7")
            most = smtp.esmtp_features.get("size", "")
            if most.isdigit() and 0 < int(most) < len(mail):
                return Answer("refused", "552 5.3.4")
            options = [f"size={len(mail)}"] * ("size" in smtp.esmtp_features) + ["SMTPUTF8"] * utf8
            steps = [lambda: smtp.mail(sender, options), *(lambda one=one: smtp.rcpt(one) for one in recipients),
                     lambda: smtp.docmd("DATA")]
            for number, step in enumerate(steps):
                code, said = step()
                if code >= 400 or code < 200:
                    self._begin_anew()
                    answer = _answer(code, said)
                    # who may not send, may send to nobody; 552 is about the size of this mail
                    return Answer("stop", answer.code) if not number and code >= 500 and code != 552 else answer
            smtp.send(_stuffed(mail))
            intent()
            ended = True
            smtp.send(b".\r\n")
            return _answer(*smtp.getreply())
        except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError, ssl.SSLError) as error:
            self.drop()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise Rejected([certificate(self.account, error)]) from None
            return Answer("unknown" if ended else "later")
        except smtplib.SMTPResponseException as error:
            self.drop()
            return Answer("unknown") if ended else _answer(error.smtp_code, _bytes(error.smtp_error))
        except BaseException:
            self.drop()
            raise

    def _begin_anew(self) -> None:
        """After an answer that ends this mail: the next one begins on the same line, or on a new one."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        account, context = self.account, self.context or ssl.create_default_context()
        no_encryption(account)
        try:
            if account.security == "tls":
                smtp = smtplib.SMTP_SSL(account.host, account.port, NAME, timeout=PATIENCE, context=context)
            else:
                smtp = smtplib.SMTP(account.host, account.port, NAME, timeout=PATIENCE)
        except ssl.SSLCertVerificationError as error:
            raise Rejected([certificate(account, error)]) from None
        except OSError as error:
            if isinstance(error, (TimeoutError, ConnectionResetError, smtplib.SMTPException)) or self._met:
                raise ConnectionError from None
            raise Rejected([unreachable(account, error)]) from None
        self._smtp, self._met = smtp, True
        # the end of the data is a packet of its own: it does not wait until the data before it is acknowledged (40 ms)
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        if account.security == "starttls":
            if not smtp.has_extn("starttls"):
                self.drop()
                message = f"{account.host} offers no encryption on port {account.port}, so that nothing is sent"
                raise Rejected([Problem(None, message, "try security: tls in mail.yaml")])
            try:
                smtp.starttls(context=context)
            except ssl.SSLCertVerificationError:
                raise
            except ssl.SSLError as error:
                self.drop()
                raise Rejected([unreachable(account, error)]) from None
            smtp.ehlo()
        if account.user:
            self._log_in(smtp)
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        account = self.account
        secret = account.secret() if account.secret else ""
        try:
            if account.token:
                said = base64.b64encode(bearer(account.user, secret)).decode()
                code, answer = smtp.docmd("AUTH", f"XOAUTH2 {said}")
                if code == 334:  # the server says why, and waits for an empty line
                    code, answer = smtp.docmd("")
                if code != 235:
                    raise smtplib.SMTPAuthenticationError(code, answer)
            elif not f"{account.user}{secret}".isascii():  # which the library can't say
                code, answer = smtp.docmd("AUTH", "PLAIN " + base64.b64encode(plain(account.user, secret)).decode())
                if code != 235:
                    raise smtplib.SMTPAuthenticationError(code, answer)
            else:
                smtp.login(account.user, secret)
        except smtplib.SMTPAuthenticationError as error:
            self.drop()
            if error.smtp_code < 500:
                raise
            raise Rejected([not_taken(account, str(error.smtp_code))]) from None
        except smtplib.SMTPNotSupportedError:
            self.drop()
            message = f"{account.host} lets nobody log in with a password"
            raise Rejected([Problem(None, message, "--token-command gives a token instead")]) from None


def _answer(code: int, said: bytes) -> Answer:
    words = said.decode("ascii", "replace").split()
    status = words[0] if words and words[0][:2] in ("2.", "4.", "5.") and words[0].replace(".", "").isdigit() else ""
    told = f"{code} {status}".strip()
    if 200 <= code < 300:
        return Answer("sent", told)
    if status.startswith(POLICY) and code >= 500:
        return Answer("stop", told)
    return Answer("refused" if code >= 500 else "later", told)


def _stuffed(mail: bytes) -> bytes:
    """The data without its end: lines in CR LF, a dot before each that begins with one (RFC 5321, 4.5.2)."""
    lines = mail if mail.endswith(b"\r\n") else mail + b"\r\n"
    return (b"." if lines.startswith(b".") else b"") + lines.replace(b"\r\n.", b"\r\n..")


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("ascii", "replace")

