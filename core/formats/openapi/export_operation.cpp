// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_operation.h"

#include "core/base/text.h"
#include "core/formats/openapi/export_request.h"
#include "core/formats/openapi/export_responses.h"
#include "core/model/edit.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

/// How an import marks what a document calls deprecated.
constexpr std::string_view kDeprecated = "Deprecated.";

/// Names that programs can use, as an import has them from the ids of operations.
bool isOperationId(std::string_view name)
{
    return !name.empty() && std::islower(static_cast<unsigned char>(name.front())) != 0
           && std::all_of(name.begin(), name.end(), [](char c) {
                  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'
                         || c == '.';
              });
}

class OperationWriter
{
public:
    OperationWriter(const OperationDraft &draft, const TemplatePath &path,
                    std::set<std::string> &ids, const ExportScope &scope)
        : m_draft(draft)
        , m_path(path)
        , m_ids(ids)
        , m_scope(scope)
    {}

    JsonValue run()
    {
        const OperationSource &first = m_draft.sources.front();
        if (!first.tag.empty())
            m_out.set("tags", JsonArray{JsonValue(first.tag)});
        describe(first);
        const RequestParts parts = requestParts();
        if (const JsonValue parameters = parts.parameters(operationPath());
            !parameters.ifArray()->empty())
            m_out.set("parameters", parameters);
        if (auto body = requestBody(parts))
            m_out.set("requestBody", *std::move(body));
        m_out.set("responses", responses());
        return {std::move(m_out)};
    }

private:
    void describe(const OperationSource &first)
    {
        const Endpoint &endpoint = *first.endpoint;
        std::string name = isOperationId(endpoint.name) ? endpoint.name : endpoint.id;
        if (first.crud)
            name += "-" + std::string(first.crud->verb);
        else if (endpoint.methods.size() > 1 || endpoint.methods.front() == "ANY")
            name += "-" + text::toLower(m_draft.method);
        std::string id = name;
        for (int n = 2; !m_ids.insert(id).second; ++n)
            id = name + "-" + std::to_string(n);
        std::string summary = isOperationId(endpoint.name) ? std::string() : endpoint.name;
        if (first.crud)
            summary += (summary.empty() ? "" : ": ") + std::string(first.crud->summary);
        std::string_view description = endpoint.description;
        const bool isDeprecated = description.starts_with(kDeprecated);
        if (isDeprecated) {
            description.remove_prefix(kDeprecated.size());
            description.remove_prefix(
                std::min(description.find_first_not_of(" \n"), description.size()));
        }
        if (!summary.empty())
            m_out.set("summary", summary);
        if (!description.empty())
            m_out.set("description", description);
        m_out.set("operationId", id);
        if (isDeprecated)
            m_out.set("deprecated", true);
    }

    /// With the names of the path item, and the patterns that all sources have.
    TemplatePath operationPath()
    {
        TemplatePath out = m_path;
        for (std::size_t i = 0; i < out.parameters.size(); ++i) {
            out.parameters[i].pattern = m_draft.sources.front().path.parameters[i].pattern;
            for (const OperationSource &source : m_draft.sources) {
                const TemplateParameter &own = source.path.parameters[i];
                const std::string subject = subjectOf(*source.endpoint);
                if (own.name != out.parameters[i].name)
                    m_scope.remarks.changed(subject, "its parameter " + text::inQuotes(own.name)
                                                         + " is called "
                                                         + text::inQuotes(out.parameters[i].name)
                                                         + " there, as another endpoint has it");
                if (own.pattern != out.parameters[i].pattern) {
                    m_scope.remarks.lost(subject, "another endpoint answers the same path with "
                                                  "other patterns: they have no word in OpenAPI");
                    out.parameters[i].pattern.clear();
                }
            }
        }
        return out;
    }

    RequestParts requestParts()
    {
        RequestParts out;
        for (const OperationSource &source : m_draft.sources) {
            for (const Response &response : source.endpoint->responses) {
                if (response.when && !source.crud)
                    out.add(*response.when, subjectOf(*source.endpoint), m_scope);
            }
        }
        return out;
    }

    std::optional<JsonValue> requestBody(const RequestParts &parts)
    {
        for (const OperationSource &source : m_draft.sources) {
            if (source.crud)
                return crudBody(*source.crud, *source.endpoint, subjectOf(*source.endpoint),
                                m_scope);
        }
        // One that also answers other methods is asked for without a body.
        const auto &methods = m_draft.sources.front().endpoint->methods;
        const bool isOneOfMany = methods.size() > 1 || methods.front() == "ANY";
        if (isOneOfMany && (m_draft.method == "GET" || m_draft.method == "HEAD"))
            return std::nullopt;
        return parts.body();
    }

    JsonValue responses()
    {
        std::vector<WrittenAnswer> answers;
        const std::string first = subjectOf(*m_draft.sources.front().endpoint);
        for (const OperationSource &source : m_draft.sources) {
            const std::string subject = subjectOf(*source.endpoint);
            if (&source != &m_draft.sources.front())
                m_scope.remarks.changed(subject, "another endpoint answers the same path and "
                                                 "method: both are one operation there");
            std::vector<WrittenAnswer> own
                = source.crud ? crudAnswers(*source.crud, *source.endpoint, subject, m_scope)
                              : answersOf(*source.endpoint, subject);
            std::move(own.begin(), own.end(), std::back_inserter(answers));
        }
        return responsesJson(answers, first, m_scope);
    }

    std::vector<WrittenAnswer> answersOf(const Endpoint &endpoint, const std::string &subject)
    {
        std::vector<WrittenAnswer> out;
        for (const Response &response : endpoint.responses) {
            if (auto answer = writtenAnswer(response, subject, m_scope))
                out.push_back(*std::move(answer));
        }
        return out;
    }

    const OperationDraft &m_draft;
    const TemplatePath &m_path;
    std::set<std::string> &m_ids;
    const ExportScope &m_scope;
    JsonObject m_out;
};

} // namespace

std::string subjectOf(const Endpoint &endpoint)
{
    return methodsText(endpoint) + ' ' + endpoint.path;
}

JsonValue operationJson(const OperationDraft &draft, const TemplatePath &path,
                        std::set<std::string> &ids, const ExportScope &scope)
{
    return OperationWriter(draft, path, ids, scope).run();
}

} // namespace understudy::formats::openapi
