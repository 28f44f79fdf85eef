"""The table of languages: which wheel parses an extension, and what its nodes mean."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.facts.code.model import Defaults, Grammar, SymbolKind


def _nodes(
    functions: str = "", types: str = "", values: str = "", owners: str = "", exports: str = ""
) -> Mapping[str, SymbolKind]:
    rows = (
        (SymbolKind.CALLABLE, functions),
        (SymbolKind.TYPE, types),
        (SymbolKind.VALUE, values),
        (SymbolKind.OWNER, owners),
        (SymbolKind.EXPORT, exports),
    )
    return {name: what for what, names in rows for name in names.split()}


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


PYTHON = Grammar(
    "tree_sitter_python",
    _nodes("function_definition", "class_definition", "assignment"),
    _names("module block decorated_definition expression_statement if_statement else_clause "
         "elif_clause try_statement except_clause finally_clause with_statement"),
    _names("import_statement import_from_statement future_import_statement"),
    Defaults.UNDERSCORE, names_matter=True, types_matter=False, results="return_type",
)  # fmt: skip
_SCRIPT = {
    "declares": _nodes(
        "function_declaration generator_function_declaration function_signature method_definition "
        "method_signature abstract_method_signature",
        "class_declaration abstract_class_declaration interface_declaration enum_declaration "
        "type_alias_declaration internal_module module",
        "variable_declarator public_field_definition field_definition property_signature "
        "enum_assignment",
        exports="export_specifier",
    ),
    "through": _names("program export_statement export_clause lexical_declaration "
                    "variable_declaration class_body interface_body enum_body object_type "
                    "ambient_declaration statement_block expression_statement"),
    "imports": _names("import_statement"),
    "access": Defaults.EXPORTED,
}  # fmt: skip
JAVASCRIPT = Grammar("tree_sitter_javascript", **_SCRIPT, types_matter=False)  # type: ignore[arg-type]
_TYPED = {**_SCRIPT, "results": "return_type", "static": "typescript"}
TYPESCRIPT = Grammar("tree_sitter_typescript", **_TYPED, function="language_typescript")  # type: ignore[arg-type]
TSX = Grammar("tree_sitter_typescript", **_TYPED, function="language_tsx")  # type: ignore[arg-type]
GO = Grammar(
    "tree_sitter_go",
    _nodes("function_declaration method_declaration method_elem", "type_spec type_alias",
           "const_spec var_spec field_declaration"),
    _names("source_file type_declaration const_declaration var_declaration var_spec_list "
         "struct_type interface_type field_declaration_list"),
    _names("import_declaration"),
    Defaults.CAPITAL, results="result", static="go",
)  # fmt: skip
JAVA = Grammar(
    "tree_sitter_java",
    _nodes("method_declaration constructor_declaration annotation_type_element_declaration",
           "class_declaration interface_declaration enum_declaration record_declaration "
           "annotation_type_declaration", "variable_declarator enum_constant"),
    _names("program class_body interface_body enum_body enum_body_declarations field_declaration "
         "constant_declaration annotation_type_body"),
    _names("import_declaration"),
    Defaults.INTERNAL, type_first=True, results="type", static="java",
    open_owners=_names("interface_declaration annotation_type_declaration"),
)  # fmt: skip
CSHARP = Grammar(
    "tree_sitter_c_sharp",
    _nodes("method_declaration constructor_declaration delegate_declaration "
           "local_function_statement",
           "class_declaration interface_declaration enum_declaration record_declaration "
           "struct_declaration", "variable_declarator property_declaration "
           "enum_member_declaration"),
    _names("compilation_unit namespace_declaration file_scoped_namespace_declaration "
         "declaration_list enum_member_declaration_list field_declaration variable_declaration "
         "event_field_declaration global_statement"),
    _names("using_directive extern_alias_directive"),
    Defaults.PRIVATE, type_first=True, names_matter=True, results="returns", static="csharp",
    open_owners=_names("interface_declaration enum_declaration"),
)  # fmt: skip
RUST = Grammar(
    "tree_sitter_rust",
    _nodes("function_item function_signature_item",
           "struct_item enum_item trait_item union_item type_item mod_item",
           "const_item static_item enum_variant field_declaration", "impl_item"),
    _names("source_file declaration_list field_declaration_list enum_variant_list"),
    _names("use_declaration extern_crate_declaration"),
    Defaults.PRIVATE, open_owners=_names("trait_item enum_item"), results="return_type", static="rust",
)  # fmt: skip
_C_TYPES = "struct_specifier union_specifier enum_specifier"
_C_VALUES = "declaration field_declaration enumerator preproc_def type_definition"
_C_THROUGH = ("translation_unit preproc_ifdef preproc_if preproc_else preproc_elif "
              "linkage_specification declaration_list field_declaration_list enumerator_list")  # fmt: skip
C = Grammar(
    "tree_sitter_c",
    _nodes("function_definition preproc_function_def", _C_TYPES, _C_VALUES),
    _names(_C_THROUGH), _names("preproc_include"), Defaults.PUBLIC, type_first=True,
)  # fmt: skip
CPP = Grammar(
    "tree_sitter_cpp",
    _nodes("function_definition preproc_function_def", f"{_C_TYPES} class_specifier",
           f"{_C_VALUES} alias_declaration"),
    _names(f"{_C_THROUGH} namespace_definition template_declaration"),
    _names("preproc_include using_declaration"), Defaults.PUBLIC, type_first=True,
)  # fmt: skip
RUBY = Grammar(
    "tree_sitter_ruby",
    _nodes("method singleton_method", "class module", "assignment"),
    _names("program body_statement"), frozenset(), Defaults.PUBLIC, names_matter=True,
)  # fmt: skip
PHP = Grammar(
    "tree_sitter_php",
    _nodes("function_definition method_declaration",
           "class_declaration interface_declaration trait_declaration enum_declaration",
           "const_element property_element enum_case"),
    _names("program namespace_definition compound_statement declaration_list enum_declaration_list "
         "const_declaration property_declaration if_statement"),
    _names("namespace_use_declaration"), Defaults.PUBLIC, function="language_php", type_first=True,
    names_matter=True, results="return_type",
)  # fmt: skip
SWIFT = Grammar(
    "tree_sitter_swift",
    _nodes("function_declaration init_declaration protocol_function_declaration",
           "class_declaration protocol_declaration typealias_declaration",
           "property_declaration enum_entry"),
    _names("source_file class_body enum_class_body protocol_body"),
    _names("import_declaration"), Defaults.INTERNAL, names_matter=True,
    open_owners=_names("protocol_declaration"),
)  # fmt: skip
SHELL = Grammar(
    "tree_sitter_bash",
    _nodes("function_definition", "", "variable_assignment"),
    _names("program declaration_command"), frozenset(), Defaults.PUBLIC, types_matter=False,
)  # fmt: skip

#: Extension -> language. C headers are read as C++, which knows nearly all of C.
BY_EXTENSION: Mapping[str, Grammar] = {
    extension: grammar
    for extensions, grammar in (
        ("py pyi", PYTHON), ("js mjs cjs jsx", JAVASCRIPT), ("ts mts cts", TYPESCRIPT),
        ("tsx", TSX), ("go", GO), ("java", JAVA), ("cs", CSHARP), ("rs", RUST), ("c", C),
        ("h hh hpp hxx cc cpp cxx", CPP), ("rb", RUBY), ("php", PHP), ("swift", SWIFT), ("sh bash", SHELL),
    )
    for extension in extensions.split()
}  # fmt: skip
