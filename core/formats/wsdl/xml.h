// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::wsdl {

/// A name in its namespace.
struct QName
{
    std::string space;
    std::string local;
    auto operator<=>(const QName &) const = default;
};

/// An element of a document. Comments and instructions are left out.
struct XmlElement
{
    struct Attribute
    {
        QName name;
        std::string value;
    };
    using Prefixes = std::map<std::string, std::string, std::less<>>;

    QName name;
    std::vector<Attribute> attributes;
    std::vector<XmlElement> children;
    std::shared_ptr<const Prefixes> prefixes; ///< those that are known here
    yaml::Mark at;

    /// The value of an attribute without a namespace; empty where it is missing.
    std::string_view value(std::string_view attribute) const;
    bool has(std::string_view attribute) const;
    /// The first child of that name, in any namespace, or nullptr.
    const XmlElement *child(std::string_view local) const;
    /// `prefix:name` as it is meant here; a name without prefix is in the default namespace.
    QName resolve(std::string_view name) const;
};

/// A document as WSDL and XML Schema use it: text between elements does not count, entities beyond
/// the five of XML are not expanded. Errors: Syntax with its place; Limit for more than 100 levels;
/// Unsupported for a document type, which can do harm.
Result<XmlElement> parseXml(std::string_view text, const std::string &file);

} // namespace understudy::formats::wsdl
