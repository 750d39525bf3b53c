// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/examples.h"

#include "core/base/text.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"

#include <cmath>

namespace understudy::formats::postman {

using recorded::fieldOf;
using recorded::listOf;
using recorded::textOf;

namespace {

/// `header`: a list of pairs, or a text of lines.
void readHeaders(const yaml::Node *header, Variables &variables, Response &response,
                 const recorded::AnswerScope &scope)
{
    if (header && header->isList()) {
        for (const yaml::Node &pair : header->items) {
            const std::string name = textOf(&pair, "key");
            if (!name.empty() && !recorded::isTrue(&pair, "disabled"))
                recorded::addHeader(response, name, variables.filled(textOf(&pair, "value")),
                                    scope);
        }
        return;
    }
    const std::string lines = textOf(header).value_or(std::string());
    for (const std::string_view line : text::split(lines, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && colon > 0)
            recorded::addHeader(response, std::string(text::trim(line.substr(0, colon))),
                                variables.filled(line.substr(colon + 1)), scope);
    }
}

std::string_view mediaTypeOfLanguage(std::string_view language)
{
    return language == "json"         ? "application/json"
           : language == "html"       ? "text/html"
           : language == "xml"        ? "application/xml"
           : language == "javascript" ? "text/javascript"
                                      : "";
}

int statusOf(const yaml::Node &node, const recorded::AnswerScope &scope)
{
    const auto code = recorded::numberOf(&node, "code");
    if (code && *code >= 200 && *code <= 999 && *code == std::floor(*code))
        return static_cast<int>(*code);
    scope.notes.changed(scope.subject, "it has no status that ends a request; 200 is sent",
                        scope.at);
    return 200;
}

} // namespace

described::Example readExample(const yaml::Node &node, const PostmanRequest &parent,
                               const described::RequestPath &path, Variables &variables,
                               const std::string &subject, Notes &notes, ExampleCounts &counts)
{
    described::Example out;
    out.name = std::string(text::trim(recorded::oneLine(textOf(&node, "name"))));
    const recorded::AnswerScope scope{
        notes, subject + (out.name.empty() ? "" : ", example " + text::inQuotes(out.name)),
        node.start};
    Response &response = out.response;
    response.name = out.name;
    response.status = statusOf(node, scope);
    recorded::setReason(response, textOf(&node, "status"));
    readHeaders(fieldOf(&node, "header"), variables, response, scope);
    std::string body = variables.filled(textOf(&node, "body"));
    counts.templates += described::findMention(body).exists() ? 1 : 0;
    recorded::setText(response, std::move(body),
                      mediaTypeOfLanguage(textOf(&node, "_postman_previewlanguage")), scope);
    counts.cookies
        += !listOf(&node, "cookie").empty() && !http::findHeader(response.headers, "Set-Cookie")
               ? 1
               : 0;
    const yaml::Node *original = fieldOf(&node, "originalRequest");
    out.facts = original && !original->isNull()
                    ? factsOf(readRequest(*original, variables), path, variables)
                    : factsOf(parent, path, variables);
    return out;
}

} // namespace understudy::formats::postman
