// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/answer.h"

#include "core/formats/hoverfly/delays.h"
#include "core/formats/hoverfly/state.h"
#include "core/formats/hoverfly/template_text.h"
#include "core/formats/recorded/fields.h"

#include <array>

namespace understudy::formats::hoverfly {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;

namespace {

constexpr std::array<std::string_view, 10> kKnownOfAnswer{
    "status",    "body",         "bodyFile",         "encodedBody", "headers",
    "templated", "removesState", "transitionsState", "fixedDelay",  "logNormalDelay"};

void headers(const Node &response, Response &out, const Translation &scope)
{
    const Node *map = recorded::mapOf(&response, "headers");
    for (std::size_t i = 0; map && i < map->items.size(); ++i) {
        const recorded::AnswerScope at = scope.answerScope(map->keys[i].at);
        if (const auto text = textOf(&map->items[i]))
            recorded::addWrittenHeader(out, map->keys[i].text, *text, at);
        for (const Node &value : map->items[i].items)
            recorded::addWrittenHeader(out, map->keys[i].text,
                                       textOf(&value).value_or(std::string()), at);
    }
}

void body(const Node &response, Response &out, const Translation &scope)
{
    const Node *file = fieldOf(&response, "bodyFile");
    const std::string path = file ? textOf(file).value_or(std::string()) : std::string();
    if (!path.empty() && scope.setFile(out, path, file->start))
        return;
    const std::string text = textOf(&response, "body");
    if (text.empty())
        return;
    const recorded::AnswerScope at = scope.answerScope(fieldOf(&response, "body")->start);
    if (recorded::isTrue(&response, "encodedBody"))
        recorded::setBase64(out, text, {}, at);
    else
        recorded::setText(out, text, {}, at);
}

} // namespace

void translateAnswer(const Node &response, Response &out, const Translation &scope)
{
    scope.setStatus(out, fieldOf(&response, "status"));
    headers(response, out, scope);
    body(response, out, scope);
    if (recorded::isTrue(&response, "templated"))
        translateTemplates(out, scope, fieldOf(&response, "templated")->start);
    out.behaviour.latency.head = delayOf(response);
    changeState(response, out, scope);
    scope.noteOthers(response, kKnownOfAnswer, "a response");
}

} // namespace understudy::formats::hoverfly
