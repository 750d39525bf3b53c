// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::formats::yaml {

/// A position in a text; line and column count from 1, columns in characters. 0 = made, not read.
struct Mark
{
    int line = 0;
    int column = 0;
};

/// A YAML value, read or to be written: a scalar, a list or a map in the written order. Keys are
/// texts, unique in their map. A tree of plain values without aliases: the parser has put copies in
/// their place.
struct Node
{
    enum class Kind { Scalar, List, Map };
    enum class Style { Plain, Quoted, Block };

    struct Key
    {
        std::string text;
        Mark at;
        bool plain = false; ///< read without quotes from YAML
    };

    Kind kind = Kind::Scalar;
    Style style
        = Style::Plain;      ///< of a scalar: only a plain one can be a number, a boolean or null
    bool flow = false;       ///< of a list or map: `[…]`, `{…}` on one line
    bool alias = false;      ///< stands where the text has `*name`
    std::string text;        ///< of a scalar
    std::vector<Key> keys;   ///< of a map, one for each of `items`
    std::vector<Node> items; ///< of a list or map
    Mark start;              ///< the first character
    Mark end; ///< behind the last one; exact for scalars on one line and for `[…]`, `{…}`

    bool isScalar() const { return kind == Kind::Scalar; }
    bool isList() const { return kind == Kind::List; }
    bool isMap() const { return kind == Kind::Map; }
    bool isNull() const;

    /// The value of a key, or nullptr.
    const Node *find(std::string_view key) const;
    void add(std::string_view key, Node value);

    /// A text, whatever it looks like; the emitter quotes it where it must.
    static Node ofText(std::string_view text);
    /// A number, boolean or null, already in its YAML form.
    static Node ofPlain(std::string_view text);
    static Node list();
    static Node map();
};

/// The type of a plain scalar by the core schema of YAML 1.2 (section 10.3.2).
enum class ScalarType { Null, Bool, Integer, Float, Text };
ScalarType plainType(std::string_view text);

/// A scalar of the core schema as JSON has it. Numbers keep their text as far as JSON allows it
/// (`+1` is 1, `007` is 7, `.5` is 0.5, `0x1F` is 31); `.inf` and `.nan`, which JSON lacks, become
/// texts.
JsonValue scalarToJson(const Node &scalar);
JsonValue toJson(const Node &node);
/// A tree in block style.
Node fromJson(const JsonValue &value);
/// The shortest decimal that reads back as the same double, with a point or exponent, so that it
/// stays one.
std::string doubleText(double value);

/// Whether both say the same: kinds, keys in order, texts and, of scalars, types. Marks and styles
/// do not count.
bool same(const Node &a, const Node &b);

} // namespace understudy::formats::yaml
