"""The editorial rules: what makes a leaflet good, not only valid. One rule, one file, one function.

A new rule is a file here, its name in RULES, a line in layouts/shared/profiles/generic.yaml and a case in
tests/check/cases/rules/. docs/checks.md lists them all (`make docs`).
"""

from ..rule import Rule
from .abbreviation import abbreviation
from .absolute_claim import absolute_claim
from .action import action
from .address import address
from .alt_text import alt_text
from .audience import audience
from .body_size import body_size
from .calculation import calculation
from .capitals import capitals
from .date_style import date_style
from .denominator import denominator
from .device_instructions import device_instructions
from .disclaimers import disclaimers
from .dose_between_languages import dose_between_languages
from .doubled_word import doubled_word
from .empty_heading import empty_heading
from .get_help import get_help
from .grade import grade
from .grey_contrast import grey_contrast
from .half_empty import half_empty
from .hard_word import hard_word
from .key_points import key_points
from .line_length import line_length
from .loaded_word import loaded_word
from .long_answer import long_answer
from .long_cell import long_cell
from .long_heading import long_heading
from .long_list import long_list
from .long_paragraph import long_paragraph
from .long_section import long_section
from .long_sentence import long_sentence
from .many_steps import many_steps
from .mean_sentence import mean_sentence
from .no_disclaimer import no_disclaimer
from .one_sided import one_sided
from .option_length import option_length
from .option_sides import option_sides
from .passive import passive
from .percentage import percentage
from .phone_style import phone_style
from .promotion import promotion
from .provenance import provenance
from .question_mark import question_mark
from .repeated_text import repeated_text
from .respectful import respectful
from .review_due import review_due
from .review_span import review_span
from .spacing import spacing
from .summary import summary
from .superlative import superlative
from .table_caption import table_caption
from .table_size import table_size
from .term_style import term_style
from .unfinished import unfinished
from .unit_style import unit_style
from .untreated import untreated
from .unused_term import unused_term
from .visual_cue import visual_cue
from .x_height import x_height

RULES: tuple[Rule, ...] = (
    # words
    grade,
    long_sentence,
    mean_sentence,
    hard_word,
    passive,
    capitals,
    abbreviation,
    doubled_word,
    spacing,
    respectful,
    calculation,
    percentage,
    # structure
    key_points,
    action,
    address,
    empty_heading,
    long_heading,
    unfinished,
    long_section,
    long_paragraph,
    long_list,
    many_steps,
    long_cell,
    table_size,
    table_caption,
    question_mark,
    long_answer,
    get_help,
    summary,
    unused_term,
    visual_cue,
    # balance
    option_length,
    option_sides,
    loaded_word,
    denominator,
    untreated,
    # provenance
    provenance,
    review_span,
    review_due,
    # claims
    absolute_claim,
    superlative,
    one_sided,
    device_instructions,
    audience,
    disclaimers,
    no_disclaimer,
    promotion,
    # consistency
    unit_style,
    phone_style,
    term_style,
    date_style,
    repeated_text,
    dose_between_languages,
    # page
    alt_text,
    x_height,
    body_size,
    line_length,
    grey_contrast,
    half_empty,
)
"""In the order of docs/checks.md."""

__all__ = ["RULES", "Rule"]
