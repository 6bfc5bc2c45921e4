"""What templates may promise of mail."""

from django import template

from jobs import mail

register = template.Library()
register.simple_tag(mail.mail_can_leave)
