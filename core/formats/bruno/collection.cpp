// SPDX-License-Identifier: Apache-2.0
#include "core/formats/bruno/collection.h"

#include "core/base/text.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"
#include "core/http/uri.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::bruno {

using recorded::oneLine;

namespace {

std::string_view mediaTypeOfBody(std::string_view type)
{
    return type == "json"   ? "application/json"
           : type == "xml"  ? "application/xml"
           : type == "html" ? "text/html"
           : type == "text" ? "text/plain"
                            : "";
}

bool isOfHttp(std::string_view type)
{
    return type.empty() || type.starts_with("http") || type.starts_with("graphql");
}

std::optional<double> numberIn(const std::string &written)
{
    int number = 0;
    const char *const last = written.data() + written.size();
    const auto [end, error] = std::from_chars(written.data(), last, number);
    return error == std::errc() && end == last ? std::optional<double>(number) : std::nullopt;
}

bool sendsFile(const BrunoRequest &request)
{
    return request.asked.sendsFile
           || std::any_of(
               request.examples.begin(), request.examples.end(),
               [](const SavedExample &each) { return each.asked && each.asked->sendsFile; });
}

} // namespace

void CollectionMaker::set(const Pairs &values)
{
    for (const auto &[name, value] : values)
        m_variables.set(name, value);
}

void CollectionMaker::meet(Met &met, Notes &notes, yaml::Mark at)
{
    if (!met.notes)
        met.notes = &notes;
    met.tally.meet(at);
}

void CollectionMaker::add(const BrunoRequest &request, Notes &notes)
{
    if (!isOfHttp(request.type)) {
        notes.notServed(oneLine(request.name),
                        "it is no request of HTTP, but of " + oneLine(request.type) + "; left out",
                        request.at);
        return;
    }
    for (std::size_t i = 0; i < request.scripts; ++i)
        meet(m_scripts, notes, request.at);
    for (std::size_t i = 0; i < request.tests; ++i)
        meet(m_tests, notes, request.at);
    if (request.hasAuth)
        meet(m_auth, notes, request.at);
    if (request.setsVariables)
        meet(m_setLater, notes, request.at);
    if (sendsFile(request))
        meet(m_files, notes, request.at);
    m_variables.enter();
    set(request.variables);
    described::Draft *draft = m_builder.add(
        requestOf(request.asked), {request.name, request.description, request.at, &notes});
    if (draft) {
        std::optional<std::size_t> first;
        for (const SavedExample &saved : request.examples) {
            described::Example example = exampleOf(saved, *draft, notes);
            if (saved.asked)
                example.facts = factsOf(*saved.asked, draft->path);
            else if (first)
                example.sameAs = first;
            else
                example.facts = factsOf(request.asked, draft->path);
            if (!saved.asked && !first)
                first = draft->examples.size();
            draft->examples.push_back(std::move(example));
        }
    }
    m_variables.leave();
}

described::Request CollectionMaker::requestOf(const Asked &asked)
{
    described::Request out;
    out.method = asked.method;
    described::readAddress(m_variables.filled(asked.url), out);
    for (const auto &[name, value] : asked.path) {
        if (!value.empty())
            out.pathValues[name] = m_variables.filled(value);
    }
    if (!asked.query)
        return out;
    out.query.clear();
    for (const auto &[name, value] : *asked.query) {
        // Variables without a value stay as they are, so that they are known.
        out.query += (out.query.empty() ? "" : "&")
                     + http::percentEncode(m_variables.filled(name), "{}") + '='
                     + http::percentEncode(m_variables.filled(value), "{}");
    }
    return out;
}

recorded::RequestFacts CollectionMaker::factsOf(const Asked &asked,
                                                const described::RequestPath &path)
{
    recorded::RequestFacts facts = described::factsOf(requestOf(asked), path);
    addBody(asked, facts);
    return facts;
}

void CollectionMaker::addBody(const Asked &asked, recorded::RequestFacts &facts)
{
    const auto kind
        = asked.mode == "multipartForm" ? RuleTarget::Kind::Part : RuleTarget::Kind::Form;
    for (const auto &[name, value] : asked.fields) {
        std::string filled = m_variables.filled(value);
        if (described::isKnown(filled))
            facts.add(kind, name, std::move(filled));
    }
    std::string body = m_variables.filled(asked.body);
    if (body.empty() || !described::isKnown(body))
        return;
    if (asked.mode == "graphql")
        described::addGraphQl(facts, std::move(body), m_variables.filled(asked.graphQlVariables));
    else
        facts.addBody(std::move(body), asked.mode == "json" ? "application/json" : "");
}

described::Example CollectionMaker::exampleOf(const SavedExample &saved,
                                              const described::Draft &draft, Notes &notes)
{
    auto [out, scope] = described::namedExample(saved.name, notes, draft.subject, saved.at);
    Response &response = out.response;
    response.status = described::endingStatus(numberIn(saved.status), scope);
    recorded::setReason(response, saved.reason);
    for (const http::HeaderField &field : saved.headers)
        recorded::addHeader(response, field.name, field.value, scope);
    recorded::setText(response, saved.body, mediaTypeOfBody(saved.type), scope);
    return std::move(out);
}

std::vector<Item> CollectionMaker::finish()
{
    const auto say = [](const Met &met, const char *one, const char *many, const char *what) {
        if (met.notes)
            met.tally.say(*met.notes, one, many, what);
    };
    std::vector<Item> items = m_builder.finish(m_variables);
    say(m_auth, "item has", "items have", " 'auth': no credentials are asked for");
    say(m_scripts, "script", "scripts", ": not run");
    say(m_tests, "block", "blocks", " of tests: not run");
    say(m_setLater, "item sets", "items set", " variables from an answer: they get no value here");
    say(m_files, "request sends", "requests send", " a file: it is not compared");
    return items;
}

} // namespace understudy::formats::bruno
