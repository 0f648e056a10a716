"""What a rule is told and what it tells stays as it is: the values of the core cannot be written over."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import pytest

from secor import core

# A certificate's life is lived event by event; nobody but the walk through it holds these two.
LIVED = {"_Life", "_Walk", "Duty"}
MODULES = [importlib.import_module(f"secor.core.{found.name}") for found in pkgutil.iter_modules(core.__path__)]
VALUES = [
    pytest.param(value, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_never_written_over_and_takes_no_field_of_its_own(value):
    assert value.__dataclass_params__.frozen is (value.__name__ not in LIVED)
    assert value.__slots__ == tuple(field.name for field in fields(value))
