// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_responses.h"

#include "core/formats/openapi/export_schema.h"
#include "core/formats/openapi/media.h"
#include "core/http/status.h"

#include <algorithm>
#include <map>

namespace understudy::formats::openapi {

namespace {

using NamedValues = std::vector<std::pair<std::string, const JsonValue *>>;
using SameStatus = std::vector<const WrittenAnswer *>;

/// Header parameters and headers of that name are not for a document to describe.
JsonObject headersJson(const SameStatus &answers)
{
    JsonObject out;
    http::HeaderList known;
    for (const WrittenAnswer *answer : answers) {
        for (const http::HeaderField &field : answer->headers) {
            if (http::findHeader(known, field.name))
                continue;
            known.push_back(field);
            out.set(field.name, JsonObject{{"schema", JsonObject{{"type", "string"}}},
                                           {"example", field.value}});
        }
    }
    return out;
}

JsonObject contentJson(const SameStatus &answers)
{
    std::vector<std::pair<std::string, NamedValues>> media;
    for (const WrittenAnswer *answer : answers) {
        if (answer->type.empty())
            continue;
        auto own = std::find_if(media.begin(), media.end(),
                                [&](const auto &known) { return known.first == answer->type; });
        if (own == media.end())
            own = media.insert(own, {answer->type, {}});
        own->second.emplace_back(answer->name, answer->example ? &*answer->example : nullptr);
    }
    JsonObject out;
    for (const auto &[type, values] : media) {
        JsonValue written = mediaJson(type, values);
        const bool isKept = std::any_of(answers.begin(), answers.end(),
                                        [](const auto *answer) { return answer->isKept; });
        if (JsonValue *schema = written.ifObject()->mutableFind("schema"); schema && isKept)
            dropRequired(*schema);
        out.set(type, std::move(written));
    }
    return out;
}

JsonValue statusJson(SameStatus answers, const std::string &subject, const ExportScope &scope)
{
    std::stable_partition(answers.begin(), answers.end(),
                          [](const WrittenAnswer *answer) { return answer->isUnasked; });
    const WrittenAnswer &first = *answers.front();
    std::string description = first.name;
    if (description == std::to_string(first.status))
        description = http::reasonPhrase(first.status);
    const bool hasEmpty = std::any_of(answers.begin(), answers.end(),
                                      [](const auto *answer) { return answer->type.empty(); });
    JsonObject out{{"description", description.empty() ? "Response" : description}};
    if (JsonObject headers = headersJson(answers); !headers.empty())
        out.set("headers", std::move(headers));
    if (JsonObject content = contentJson(answers); !content.empty()) {
        if (hasEmpty)
            scope.remarks.lost(subject, "an answer without a body has no word in OpenAPI beside "
                                        "another of its status that has one");
        out.set("content", std::move(content));
    }
    const bool isMixed = std::any_of(answers.begin(), answers.end(), [&](const auto *answer) {
        return answer->headers != first.headers;
    });
    if (isMixed)
        scope.remarks.changed(subject, "the answers of one status have all of their headers "
                                       "together there");
    return {std::move(out)};
}

} // namespace

JsonValue mediaJson(std::string_view type, const NamedValues &examples)
{
    std::vector<const JsonValue *> known;
    JsonObject named;
    for (const auto &[name, value] : examples) {
        if (!value)
            continue;
        known.push_back(value);
        std::string own = name;
        for (int n = 2; named.contains(own); ++n)
            own = name + " " + std::to_string(n);
        named.set(own, JsonObject{{"value", *value}});
    }
    JsonObject out;
    if (!isJsonType(type))
        out.set("schema", JsonObject{{"type", "string"}});
    else if (known.size() == examples.size())
        out.set("schema", schemaOfValues(known));
    if (known.size() == 1)
        out.set("example", *known.front());
    else if (!known.empty())
        out.set("examples", std::move(named));
    return {std::move(out)};
}

JsonValue responsesJson(const std::vector<WrittenAnswer> &answers, const std::string &subject,
                        const ExportScope &scope)
{
    std::map<int, SameStatus> byStatus;
    for (const WrittenAnswer &answer : answers)
        byStatus[answer.status].push_back(&answer);
    JsonObject out;
    for (const auto &[status, same] : byStatus)
        out.set(std::to_string(status), statusJson(same, subject, scope));
    return {std::move(out)};
}

} // namespace understudy::formats::openapi
