"""PostgreSQL as Django knows it, asked with the password that counts now."""
