// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/examples.h"

#include "core/base/text.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"

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

} // namespace

described::Example readExample(const yaml::Node &node, const PostmanRequest &parent,
                               const described::RequestPath &path, Variables &variables,
                               const std::string &subject, Notes &notes, ExampleCounts &counts)
{
    auto [out, scope] = described::namedExample(textOf(&node, "name"), notes, subject, node.start);
    Response &response = out.response;
    response.status = described::endingStatus(recorded::numberOf(&node, "code"), scope);
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
    return std::move(out);
}

} // namespace understudy::formats::postman
