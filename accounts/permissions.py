"""Who looks after the accounts of staff."""


def is_administrator(user) -> bool:
    """Whether the person looks after the desk itself: who may sign in, and everything under "Advanced"."""
    return user.is_active and user.has_perm("accounts.change_user")


def can_manage_user(administrator, user) -> bool:
    """
    Whether somebody may edit an account, end it, or hand out a password link for it.

    Never the account of somebody who may do more than they: with its password they would be that person.
    """
    return is_administrator(administrator) and (administrator.is_superuser or not user.is_superuser)
