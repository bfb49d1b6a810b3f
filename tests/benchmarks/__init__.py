"""Benchmarks run outside pytest, also as children of their own: whoever imports one finds Django ready."""

import django

django.setup()
