// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/rule_parts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What translated rules are made of.
namespace understudy::formats::mockoon {

/// What JavaScript makes of any object that is to be a text.
inline constexpr std::string_view kObjectText = "[object Object]";

/// The value is an object.
Rule isObject(RuleTarget target);

/// A text as a pattern for PCRE2 that finds it with its characters as they are or percent-encoded;
/// in a form a space may be a plus as well.
std::string percentPattern(std::string_view text, bool isForm = false);

/// A field of a form body, with the shapes that qs (Mockoon's parser) makes a list of: `a=1&a=2`,
/// `a[]=1`, `a[0]=1`. What a form target cannot say is said with a pattern over the body's text.
class FormField
{
public:
    /// `steps` of a dot path: a.b is the field `a[b]`.
    explicit FormField(const std::vector<std::string> &steps);

    const std::string &name() const { return m_name; }
    /// One of the values is `value`, where the fields are numbered.
    Rule numberedIs(std::string_view value) const;
    /// The `index`-th field of the name is `value`.
    Rule isAt(std::size_t index, std::string_view value) const;
    /// The `index`-th field of the name is there.
    Rule hasAt(std::size_t index) const;
    /// It is a list, and `value` is in it.
    Rule listHas(std::string_view value) const;
    /// A list of so many, or one text of so many characters.
    Rule hasLength(std::size_t length) const;
    /// It is a list or an object.
    Rule hasMembers() const;
    /// It is an object.
    Rule isObject() const;

private:
    Rule found(const std::string &pattern) const;
    std::string upTo(std::size_t index) const;

    std::string m_name;
    std::string m_pattern; ///< of the name alone
    std::string m_field;   ///< with brackets or without them, and the equals sign
    std::string m_other;   ///< a field that is not of the name, with its end
};

/// A dot path into the object that xml-js makes of an XML body, as rules.
class XmlPath
{
public:
    /// Nothing where such a path cannot be said.
    static std::optional<XmlPath> parse(const std::vector<std::string> &steps);

    /// The path leads to something.
    Rule exists() const;
    /// It leads to an object, or to a list of them.
    bool isElement() const { return m_isElement; }
    /// It leads to elements, so many of them.
    Rule hasCount(std::size_t count) const;
    /// Where the texts are that it leads to; nothing where they are in the declaration.
    std::optional<RuleTarget> texts() const;
    /// It leads into the declaration, and to this text.
    std::optional<Rule> declares(std::string_view value) const;

private:
    std::string m_path;        ///< XPath
    std::string m_declaration; ///< name of an attribute of the declaration
    bool m_isDeclaration = false;
    bool m_isElement = false;
};

/// The request has an XML body as Mockoon sees it.
Rule isXml();
/// It has one that Mockoon does not read: its whole text is its value, whatever the modifier.
Rule isUnparsed();

} // namespace understudy::formats::mockoon
