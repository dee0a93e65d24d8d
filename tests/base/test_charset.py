"""Text in characters of one column, and in ASCII: nothing that means something else, nothing that is lost."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.charset import in_charset
from mlterms.base.paths import bundle

BUNDLED = [
    path
    for folder, kinds in (("content", (".md", ".toml")), ("demos", (".py", ".md")))
    for path in sorted((bundle() / folder).iterdir())
    if path.suffix in kinds
]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("w₁²", "w_1^2"),
        ("w₁x₁ + … + wₙxₙ + b", "w_1 x_1 + ... + w_n x_n + b"),
        ("0.99¹⁰⁰ ≈ 0.37", "0.99^100 ~ 0.37"),
        ("1/(1 + e⁻ᶻ)", "1/(1 + e^-z)"),
        ("10⁻⁸; ε", "10^-8; eps"),
        ("x²y", "x^2 y"),
        ("Wᵀ", "W^T"),
        ("(ŷᵢ − yᵢ)²", "(y_hat_i - y_i)^2"),
        ("m̂ = m / (1 − β₁ᵗ)", "m_hat = m / (1 - beta_1^t)"),
        ("θ ← θ − η m̂ / (√ŝ + ε)", "theta <- theta - eta m_hat / (sqrt s_hat + eps)"),
        ("ηm̂", "eta m_hat"),
        ("θ̂ = ηθ", "theta_hat = eta theta"),
        ("x̄ = (x₁ + x₂)/2", "x_bar = (x_1 + x_2)/2"),
        ("w̃, ẋ", "w_tilde, x_dot"),
        ("½λw²", "1/2 lambda w^2"),
        ('η ("eta"): the learning rate', "eta: the learning rate"),
        ('ε ("epsilon"): a small number', 'eps ("epsilon"): a small number'),
        ("1½ + ½(a + b)", "1 1/2 + 1/2(a + b)"),
        ("100η, sin πx, 2√n", "100 eta, sin pi x, 2 sqrt n"),
        ("√((n − B)/n), ∇L, ∂L/∂w", "sqrt((n - B)/n), grad L, dL/dw"),
        ("⌈n/B⌉ and 2⌊n / B⌋", "ceil(n/B) and 2 floor(n / B)"),
        ("w·x + b, −3 · 2, E · ⌈n / B⌉", "w*x + b, -3 * 2, E * ceil(n / B)"),
        ("ΔΩ ψ", "Delta Omega psi"),
        ("a naïve café, São Paulo, ½ Öl", "a naive cafe, Sao Paulo, 1/2 Ol"),
        ("1º — “so”", '1o - "so"'),
        ("日本 🙂", "?? ?"),
        ("a\u200bb, \x1b[31m", "a?b, ?[31m"),
    ],
)
def test_formulas_are_written_in_ascii_as_one_types_them(text: str, typed: str) -> None:
    assert in_charset(text, "ascii") == typed
    assert in_charset(unicodedata.normalize("NFD", text), "ascii") == typed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("m̂ / √ŝ", "mˆ / √ŝ"),
        ("x̄ and y\u0302", "xˉ and ŷ"),
        ("e\u0301te\u0301", "été"),
        ("w₁²", "w₁²"),
        ("日本\u200b \x1b[31m", "\ufffd\ufffd \ufffd[31m"),
    ],
)
def test_a_mark_that_has_no_column_of_its_own_stands_behind_its_symbol(text: str, shown: str) -> None:
    assert in_charset(text, "unicode") == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [("m̂", "m"), ("ŷ", "y"), ("x²", "x2"), ("x₂", "x2"), ("x²", "x₂"), ("1½", "11/2"), ("x̄", "x̂")],
)
@pytest.mark.parametrize("charset", ["ascii", "unicode"])
def test_two_symbols_never_become_one(one: str, other: str, charset: str) -> None:
    assert in_charset(one, charset) != in_charset(other, charset)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_ascii_can_say_every_character_of_the_bundle(path: Path) -> None:
    for number, line in enumerate(path.read_text().splitlines(), 1):
        said = in_charset(line.replace("?", ""), "ascii")
        assert "?" not in said, f"{path}:{number}: {said}"
        for character in set(line) - {"?"}:
            if not unicodedata.combining(character):
                assert in_charset(character, "ascii") not in ("", "?"), f"{path}:{number}: {character!r}"


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("ŷm\u0302₁²½ηλ√")))
def test_what_comes_out_is_of_the_charset_and_comes_out_again(text: str) -> None:
    typed = in_charset(text, "ascii")
    assert all(" " <= character <= "~" for character in typed)
    assert in_charset(typed, "ascii") == typed
    shown = in_charset(text, "unicode")
    assert all(unicodedata.east_asian_width(c) not in "WF" and not unicodedata.combining(c) for c in shown)
    assert in_charset(shown, "unicode") == shown
