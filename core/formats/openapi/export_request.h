// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/export_answer.h"
#include "core/formats/openapi/export_path.h"

#include <optional>
#include <utility>
#include <vector>

namespace understudy::formats::openapi {

/// What the rules of an operation's answers ask of its requests. None of it is required: what no
/// rule holds for is answered as well.
class RequestParts
{
public:
    /// Takes in what a rule looks at; what a document has no word for is remarked.
    void add(const Rule &rule, const std::string &subject, const ExportScope &scope);

    /// `parameters`: those of the path, then query, header and cookie in the order of the rules.
    JsonValue parameters(const TemplatePath &path) const;
    /// `requestBody`; nothing where no rule asks for one.
    std::optional<JsonValue> body() const;

private:
    struct Asked
    {
        std::string in;
        std::string name;
        std::vector<std::string> values;
    };
    using Values = std::vector<JsonValue>;

    void addLeaf(const RuleLeaf &leaf, const std::string &subject, const ExportScope &scope);
    void addBody(const Condition &condition, const std::string &subject, const ExportScope &scope);
    void addBodyPath(const RuleLeaf &leaf, const std::string &subject, const ExportScope &scope);
    Asked &asked(const std::string &in, const std::string &name);
    JsonValue fieldsSchema(std::string_view in) const;

    std::vector<Asked> m_asked; ///< in: path, query, header, cookie, form, part
    std::vector<JsonValue> m_schemas;
    Values m_json;
    Values m_text;
    Values m_xml;
    std::vector<std::pair<std::vector<std::string>, Values>> m_members; ///< of JSON, by path
};

} // namespace understudy::formats::openapi
