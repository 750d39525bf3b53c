// SPDX-License-Identifier: Apache-2.0
#include "core/formats/insomnia/workspace.h"

#include "core/base/text.h"
#include "core/formats/insomnia/templates.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"
#include "core/http/uri.h"

namespace understudy::formats::insomnia {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::oneLine;
using recorded::textOf;

namespace {

constexpr std::size_t kMaxShownName = 100;

std::string nameOf(const yaml::Node &node)
{
    return oneLine(text::shortened(textOf(&node, "name"), kMaxShownName));
}

/// Of version 4, or of version 5.
std::string descriptionOfItem(const yaml::Node &node)
{
    const std::string own = textOf(&node, "description");
    return text::asUtf8(own.empty() ? textOf(mapOf(&node, "meta"), "description") : own);
}

int statusOfRoute(const yaml::Node &route, const recorded::AnswerScope &scope)
{
    return fieldOf(&route, "statusCode")
               ? described::endingStatus(recorded::numberOf(&route, "statusCode"), scope)
               : 200;
}

} // namespace

void WorkspaceMaker::setEnvironment(const yaml::Node *data) { setValues(data, m_variables); }

void WorkspaceMaker::setSubEnvironments(const std::vector<const yaml::Node *> &environments)
{
    if (environments.empty())
        return;
    const yaml::Node &taken = *environments.front();
    setEnvironment(fieldOf(&taken, "data"));
    const std::string name = nameOf(taken);
    const std::string whose = name.empty() ? "" : ' ' + text::inQuotes(name);
    m_notes.changed({},
                    environments.size() == 1
                        ? "the values of the sub-environment" + whose + " are taken"
                        : "of " + std::to_string(environments.size())
                              + " sub-environments the values of the first are taken"
                              + (name.empty() ? "" : ':' + whose),
                    taken.start);
}

void WorkspaceMaker::openGroup(const yaml::Node &group)
{
    m_builder.openFolder(textOf(&group, "name"), group.start);
    m_variables.enter();
    setEnvironment(fieldOf(&group, "environment"));
    meetSideMatters(group);
}

void WorkspaceMaker::closeGroup()
{
    m_variables.leave();
    m_builder.closeFolder();
}

void WorkspaceMaker::meetSideMatters(const yaml::Node &node)
{
    const yaml::Node *auth = mapOf(&node, "authentication");
    const std::string type = textOf(auth, "type");
    if (!type.empty() && type != "none" && !recorded::isTrue(auth, "disabled"))
        m_auth.meet(node.start);
    const yaml::Node *scripts = mapOf(&node, "scripts");
    for (const char *key : {"preRequestScript", "afterResponseScript"}) {
        if (!textOf(&node, key).empty())
            m_scripts.meet(node.start);
    }
    for (const char *key : {"preRequest", "afterResponse"}) {
        if (!textOf(scripts, key).empty())
            m_scripts.meet(node.start);
    }
}

described::Request WorkspaceMaker::requestOf(const yaml::Node &node)
{
    described::Request out;
    if (const std::string method = textOf(&node, "method"); !method.empty())
        out.method = text::toUpper(text::trim(method));
    described::readAddress(m_variables.filled(plainTemplate(textOf(&node, "url"))), out);
    for (const yaml::Node &each : listOf(&node, "pathParameters")) {
        if (std::string value = textOf(&each, "value"); !value.empty())
            out.pathValues[textOf(&each, "name")] = m_variables.filled(plainTemplate(value));
    }
    return out;
}

void WorkspaceMaker::addRequest(const yaml::Node &node)
{
    meetSideMatters(node);
    m_builder.add(requestOf(node), {textOf(&node, "name"), descriptionOfItem(node), node.start});
}

void WorkspaceMaker::addRoute(const yaml::Node &route)
{
    described::Request request;
    if (const std::string method = textOf(&route, "method"); !method.empty())
        request.method = text::toUpper(text::trim(method));
    // The name of a route is its path.
    std::string path = textOf(&route, "name");
    if (!path.starts_with('/'))
        path.insert(0, "/");
    described::readAddress(path, request);
    described::Draft *draft = m_builder.add(request, {{}, descriptionOfItem(route), route.start});
    if (draft)
        draft->examples.push_back(exampleOf(route, request, *draft));
}

described::Example WorkspaceMaker::exampleOf(const yaml::Node &route,
                                             const described::Request &request,
                                             const described::Draft &draft)
{
    described::Example out;
    const recorded::AnswerScope scope{m_notes, draft.subject, route.start};
    Response &response = out.response;
    response.status = statusOfRoute(route, scope);
    recorded::setReason(response, textOf(&route, "statusText"));
    for (const yaml::Node &header : listOf(&route, "headers")) {
        const std::string name = textOf(&header, "name");
        if (!name.empty() && !recorded::isTrue(&header, "disabled"))
            recorded::addHeader(response, name, textOf(&header, "value"), scope);
    }
    std::string body = textOf(&route, "body");
    if (body.find("{{") != std::string::npos || body.find("{%") != std::string::npos)
        m_templates.meet(route.start);
    recorded::setText(response, std::move(body), textOf(&route, "mimeType"), scope);
    out.facts = described::factsOf(request, draft.path);
    return out;
}

void WorkspaceMaker::leaveOut(const yaml::Node &node, const std::string &why)
{
    m_notes.notServed(nameOf(node), why + "; left out", node.start);
}

std::vector<Item> WorkspaceMaker::finish()
{
    std::vector<Item> items = m_builder.finish(m_variables);
    m_auth.say(m_notes, "item has", "items have",
               " 'authentication': no credentials are asked for");
    m_scripts.say(m_notes, "script", "scripts", ": not run");
    m_templates.say(m_notes, "mock route has", "mock routes have",
                    " templates in the body: sent as they stand");
    return items;
}

} // namespace understudy::formats::insomnia
