"""What stands in front of the rule engine: sizes, the list of functions, and forms that cost too much."""

from engine.core.rules.canonical import OPERATORS, UNARY_OPERATORS
from engine.core.rules.functions import ALLOWED, UNREADABLE
from engine.core.rules.macros import UnknownMacro, children, is_macro, macro
from engine.core.rules.numbers import DIGITS
from engine.core.rules.tree import Node, Tree, function_of, kind, operands, overloads

CHARACTERS = 5_000
NODES = 400
DEPTH = 40
LOOPS = 3
# each of these makes the tree deeper; counted before the parser sees the text
DEEPENING = "([{!-?"
ADDING_UP = ("sum", "lowest", "highest")
KNOWN = ALLOWED | set(OPERATORS) | set(UNARY_OPERATORS) | {"_?_:_", "_[_]"}
JOINING = ("add_string", "add_list", "add_bytes")
LITERALS = ("bool_value", "int64_value", "double_value", "string_value")


class TooMuch(ValueError):
    """A rule that the door refuses: the sentence, and the node it is about."""

    def __init__(self, sentence: str, node: Node = None) -> None:
        super().__init__(sentence)
        self.sentence, self.node = sentence, node


def check_text(source: str) -> None:
    """Refuse what the parser should not even see."""
    if len(source) > CHARACTERS:
        raise TooMuch(f"The rule is too long: at most {CHARACTERS:,} characters.")
    if sum(source.count(sign) for sign in DEEPENING) > NODES:
        raise TooMuch("The rule has too many parts. Split it in two.")
    if UNREADABLE.search(source):
        raise TooMuch("The rule holds characters that cannot be read.")


def check_tree(tree: Tree) -> None:
    """Refuse what would cost too much, and every function that is not on the list."""
    _Walk(tree).visit(tree.expr, depth=0, loops=0)


class _Walk:
    """One walk over a checked tree."""

    def __init__(self, tree: Tree) -> None:
        self.chosen = overloads(tree)
        self.seen = 0
        self.maps_allowed: set[int] = set()

    def visit(self, node: Node, depth: int, loops: int) -> None:
        self.seen += 1
        if self.seen > NODES or depth > DEPTH:
            raise TooMuch("The rule has too many parts. Split it in two.", node)
        match kind(node):
            case "comprehension":
                loops += 1
                self._loop(node, loops)
            case "const":
                _constant(node)
            case "call":
                self._call(node, loops)
            case "struct":
                raise TooMuch("A rule cannot build groups of its own with { }.", node)
        for child in children(node):
            self.visit(child, depth + 1, loops)

    def _loop(self, node: Node, loops: int) -> None:
        if loops > LOOPS:
            raise TooMuch(f"At most {LOOPS} loops can stand inside each other.", node)
        try:
            written = macro(node)
        except UnknownMacro:
            raise TooMuch("Use all, exists, exists_one, filter or map to go over rows.", node) from None
        if written.name == "map" and node.id not in self.maps_allowed:
            raise TooMuch("map() can only stand directly inside sum(), lowest() or highest().", node)

    def _call(self, node: Node, loops: int) -> None:
        function, args = function_of(node), operands(node)
        if function not in KNOWN:
            raise TooMuch(f"The function {function}() cannot be used in rules.", node)
        if function == "matches" and kind(args[-1]) != "const":
            raise TooMuch("A pattern must be written out in the rule, not taken from an answer.", node)
        if loops and self.chosen.get(node.id) in JOINING:
            raise TooMuch("Texts and lists cannot be joined inside a loop.", node)
        if function in ADDING_UP and is_macro(args[0], "map"):
            self.maps_allowed.add(args[0].id)


def _constant(node: Node) -> None:
    literal = node.const_expr
    if literal.WhichOneof("kind") == "null_value":
        raise TooMuch("To ask whether a question was answered, write has(answers.name), not null.", node)
    if literal.WhichOneof("kind") not in LITERALS:
        raise TooMuch('Write numbers as 20 or 20.0 and texts in "quotes".', node)
    number = literal.double_value
    if float(f"{number:.{DIGITS}g}") != number:
        raise TooMuch(f"A number has at most {DIGITS} digits.", node)
