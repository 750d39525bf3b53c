// SPDX-License-Identifier: GPL-3.0-or-later
// What a server remembers, and the time that it goes by.
#include "core/base/json_text.h"
#include "core/base/units.h"
#include "core/control/api_call.h"
#include "core/runtime/workbench.h"
#include "core/template/dates.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace understudy::control {

namespace json = boost::json;

namespace {

/// The object that a body is; an Invalid error that says what is wrong otherwise.
Result<json::object> objectOf(std::string_view body, std::string_view example)
{
    boost::system::error_code failed;
    const json::value parsed = json::parse(body, failed);
    if (failed || !parsed.is_object())
        return Error{ErrorCode::Syntax, "the body has to be like " + std::string(example), {}};
    return parsed.as_object();
}

ApiReply badRequest(std::string_view message) { return errorReply(400, "invalid", message); }

std::string isoTime(WallTime time)
{
    return handlebars::formatDate(
        handlebars::civilTime(std::chrono::floor<std::chrono::milliseconds>(time), 0),
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
}

json::value bucketJson(const LiveBucket &bucket)
{
    const JsonArray *items = bucket.value ? bucket.value->ifArray() : nullptr;
    json::object out{{"name", bucket.name}, {"changed", bucket.isChanged}};
    if (items)
        out["items"] = items->size();
    return out;
}

} // namespace

ApiReply ControlApi::scenarios(const Call &call) const
{
    const auto scenarios = m_workbench.scenarios(call.argument);
    if (!scenarios)
        return errorReply(scenarios.error());
    json::array list;
    for (const LiveScenario &one : *scenarios) {
        json::array states;
        for (const std::string &state : one.states)
            states.emplace_back(state);
        list.push_back({{"name", one.name}, {"state", one.state}, {"states", std::move(states)}});
    }
    return jsonReply({{"scenarios", std::move(list)}});
}

ApiReply ControlApi::setScenario(const Call &call) const
{
    const auto body = objectOf(call.body, "{\"state\": \"paid\"}");
    const json::value *state = body ? body->if_contains("state") : nullptr;
    if (!state || !state->is_string() || body->size() != 1)
        return badRequest("the body has to be like {\"state\": \"paid\"}");
    const auto set
        = m_workbench.setScenario(call.argument, call.name, std::string(state->as_string()));
    return set ? scenarios(call) : errorReply(set.error());
}

ApiReply ControlApi::resetScenario(const Call &call) const
{
    const auto set = m_workbench.setScenario(call.argument, call.name, "Started");
    return set ? scenarios(call) : errorReply(set.error());
}

ApiReply ControlApi::buckets(const Call &call) const
{
    const auto buckets = m_workbench.buckets(call.argument);
    if (!buckets)
        return errorReply(buckets.error());
    json::array list;
    for (const LiveBucket &bucket : *buckets)
        list.push_back(bucketJson(bucket));
    return jsonReply({{"buckets", std::move(list)}});
}

ApiReply ControlApi::bucket(const Call &call) const
{
    const auto buckets = m_workbench.buckets(call.argument);
    if (!buckets)
        return errorReply(buckets.error());
    const auto found = std::find_if(buckets->begin(), buckets->end(),
                                    [&](const LiveBucket &b) { return b.name == call.name; });
    if (found == buckets->end())
        return errorReply(404, "notFound", "there is no bucket '" + call.name + '\'');
    if (!found->value)
        return errorReply(409, "invalid",
                          "the bucket is a template, which no request has needed yet");
    return {200, "application/json", writeJson(*found->value) + '\n', {}};
}

ApiReply ControlApi::setBucket(const Call &call) const
{
    auto value = JsonValue::parse(call.body);
    if (!value)
        return badRequest("the body has to be the bucket's value as JSON: "
                          + value.error().message);
    const auto set = m_workbench.setBucket(call.argument, call.name, *std::move(value));
    return set ? buckets(call) : errorReply(set.error());
}

ApiReply ControlApi::resetBucket(const Call &call) const
{
    const auto reset = m_workbench.resetBucket(call.argument, call.name);
    return reset ? buckets(call) : errorReply(reset.error());
}

ApiReply ControlApi::clock(const Call &call) const
{
    const auto clock = m_workbench.clock(call.argument);
    if (!clock)
        return errorReply(clock.error());
    return jsonReply(
        {{"time", isoTime(clock->time)}, {"real", clock->isReal}, {"frozen", clock->isFrozen}});
}

ApiReply ControlApi::setClock(const Call &call) const
{
    constexpr std::string_view kForm = R"({"time": "2026-12-24T18:00:00Z", "frozen": true} or )"
                                       R"({"advance": "2h"})";
    const auto body = objectOf(call.body, kForm);
    if (!body)
        return badRequest(body.error().message);
    const json::value *time = body->if_contains("time");
    const json::value *frozen = body->if_contains("frozen");
    const json::value *advance = body->if_contains("advance");
    const std::size_t known = (time ? 1U : 0U) + (frozen ? 1U : 0U) + (advance ? 1U : 0U);
    if (known != body->size() || known == 0 || (advance && known > 1)
        || (frozen && !frozen->is_bool()))
        return badRequest("the body has to be like " + std::string(kForm));
    if (advance) {
        const std::string said = advance->is_string() ? std::string(advance->as_string()) : "";
        const bool isBack = said.starts_with('-');
        const auto by = parseDuration(std::string_view(said).substr(isBack ? 1 : 0));
        if (!by)
            return badRequest("'advance' takes a duration such as 90s, 2h or -24h");
        const auto moved = m_workbench.advanceClock(call.argument, isBack ? -*by : *by);
        return moved ? clock(call) : errorReply(moved.error());
    }
    const auto now = m_workbench.clock(call.argument);
    if (!now)
        return errorReply(now.error());
    WallTime at = now->time;
    if (time) {
        const auto parsed = time->is_string()
                                ? handlebars::parseDate(std::string(time->as_string()))
                                : std::nullopt;
        constexpr auto kFarthest = std::chrono::sys_days(std::chrono::year(2251) / 1 / 1);
        constexpr auto kFirst = std::chrono::sys_days(std::chrono::year(1700) / 1 / 1);
        if (!parsed || *parsed > kFarthest || *parsed < kFirst)
            return badRequest(
                "'time' takes a date from 1700 to 2250, such as 2026-12-24T18:00:00Z");
        at = WallTime(std::chrono::duration_cast<WallTime::duration>(parsed->time_since_epoch()));
    }
    const auto set
        = m_workbench.setClock(call.argument, at, frozen ? frozen->as_bool() : now->isFrozen);
    return set ? clock(call) : errorReply(set.error());
}

ApiReply ControlApi::resetClock(const Call &call) const
{
    const auto reset = m_workbench.resetClock(call.argument);
    return reset ? clock(call) : errorReply(reset.error());
}

} // namespace understudy::control
