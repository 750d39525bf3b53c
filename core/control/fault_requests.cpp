// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/fault_requests.h"

#include "core/model/edit.h"
#include "core/model/fault_catalogue.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <span>

namespace understudy::control {
namespace {

namespace json = boost::json;

Error invalid(std::string message) { return {ErrorCode::Invalid, std::move(message), {}}; }
Error notFound(std::string message) { return {ErrorCode::NotFound, std::move(message), {}}; }

/// The body as an object with no keys but the known ones: a mistyped "sever" must not turn off the
/// faults of everything.
Result<json::object> parseObject(std::string_view body,
                                 std::initializer_list<std::string_view> keys)
{
    boost::system::error_code problem;
    json::value value = json::parse(body, problem);
    if (problem)
        return invalid("the body is not JSON: " + problem.message());
    if (!value.is_object())
        return invalid("the body is not a JSON object");
    for (const auto &[key, unused] : value.get_object()) {
        if (std::ranges::find(keys, std::string_view(key)) != keys.end())
            continue;
        std::string known;
        for (const std::string_view each : keys)
            known += (known.empty() ? "" : ", ") + std::string(each);
        return invalid("unknown key \"" + std::string(key) + "\"; known are " + known);
    }
    return std::move(value.get_object());
}

/// A text that is not empty; empty if the key is missing.
Result<std::string> textOf(const json::object &object, std::string_view key)
{
    const json::value *value = object.if_contains(key);
    if (!value)
        return std::string{};
    if (!value->is_string() || value->get_string().empty())
        return invalid("\"" + std::string(key) + "\" takes an id as text");
    return std::string(value->get_string());
}

Result<std::vector<std::string>> foldersOf(const json::object &object)
{
    const json::value *value = object.if_contains("folder");
    if (!value)
        return std::vector<std::string>{};
    if (value->is_string() && !value->get_string().empty())
        return std::vector{std::string(value->get_string())};
    std::vector<std::string> names;
    if (value->is_array()) {
        for (const json::value &name : value->get_array()) {
            if (!name.is_string())
                return invalid("\"folder\" takes names as text");
            names.emplace_back(name.get_string());
        }
    }
    if (names.empty())
        return invalid("\"folder\" takes the name of a folder, or a list of names from the "
                       "outermost inwards");
    return names;
}

bool hasFolder(const std::vector<Item> &items, std::span<const std::string> names)
{
    return std::ranges::any_of(items, [names](const Item &item) {
        const Folder *folder = item.folder();
        return folder && folder->name == names.front()
               && (names.size() == 1 || hasFolder(folder->items, names.subspan(1)));
    });
}

std::string_view placeName(LatencyPlace place)
{
    switch (place) {
    case LatencyPlace::Connect:
        return "connect";
    case LatencyPlace::Body:
        return "body";
    case LatencyPlace::Head:
        break;
    }
    return "head";
}

json::object scopeJson(BehaviourScope scope, const std::string &name)
{
    json::object view{{"scope", behaviourScopeName(scope)}};
    if (!name.empty())
        view["folder"] = name;
    return view;
}

json::value drawnJson(const std::optional<double> &drawn)
{
    return drawn ? json::value(*drawn) : json::value(nullptr);
}

json::object latencyJson(const LatencyDraw &draw)
{
    json::object view = scopeJson(draw.scope, draw.scopeName);
    view["place"] = placeName(draw.place);
    view["model"] = draw.model;
    view["drawn"] = drawnJson(draw.unit);
    view["value"] = draw.value.count();
    return view;
}

json::object faultJson(const FaultDraw &fault)
{
    json::object view = scopeJson(fault.scope, fault.scopeName);
    view["kind"] = faultKindName(fault.kind);
    view["label"] = fault.label;
    view["index"] = fault.index;
    view["conditions"] = fault.conditions;
    view["rate"] = drawnJson(fault.rate);
    view["drawn"] = drawnJson(fault.unit);
    view["effect"] = fault.effect;
    return view;
}

} // namespace

Result<FaultChange> parseFaultChange(std::string_view body)
{
    const auto object = parseObject(body, {"off", "server", "folder", "endpoint"});
    if (!object)
        return object.error();
    const json::value *off = object->if_contains("off");
    if (!off || !off->is_bool())
        return invalid("\"off\" takes true or false");
    auto server = textOf(*object, "server");
    auto folder = foldersOf(*object);
    auto endpoint = textOf(*object, "endpoint");
    if (!server)
        return server.error();
    if (!folder)
        return folder.error();
    if (!endpoint)
        return endpoint.error();
    if (server->empty() && !(folder->empty() && endpoint->empty()))
        return invalid("a folder or an endpoint needs its \"server\" beside it");
    if (!folder->empty() && !endpoint->empty())
        return invalid("give a folder or an endpoint, not both");
    return FaultChange{{std::move(*server), std::move(*folder), std::move(*endpoint)},
                       off->get_bool()};
}

Result<void> checkFaultScope(const Workbench &workbench, const FaultScope &scope)
{
    if (scope.server.empty())
        return {};
    const auto document = workbench.document(scope.server);
    if (!document)
        return notFound("there is no server \"" + scope.server + "\"");
    if (!scope.folder.empty() && !hasFolder(document->items, scope.folder)) {
        std::string path;
        for (const std::string &name : scope.folder)
            path += (path.empty() ? "" : " > ") + name;
        return notFound("server \"" + scope.server + "\" has no folder \"" + path + "\"");
    }
    if (!scope.endpoint.empty() && !findEndpoint(*document, scope.endpoint))
        return notFound("server \"" + scope.server + "\" has no endpoint \"" + scope.endpoint
                        + "\"");
    return {};
}

Result<std::uint64_t> parseSeedChange(std::string_view body)
{
    const auto object = parseObject(body, {"seed"});
    if (!object)
        return object.error();
    const json::value *seed = object->if_contains("seed");
    std::uint64_t number = 0;
    if (seed && seed->is_string()) {
        const json::string &text = seed->get_string();
        const auto [end, problem] = std::from_chars(text.begin(), text.end(), number);
        if (problem == std::errc{} && end == text.end() && !text.empty())
            return number;
    } else if (seed && seed->is_number()) {
        boost::system::error_code problem;
        number = seed->to_number<std::uint64_t>(problem);
        if (!problem)
            return number;
    }
    return invalid("\"seed\" takes a whole number from 0 to 18446744073709551615, bare or as text");
}

json::object faultsJson(const FaultSwitches &switches)
{
    json::array off;
    for (const FaultScope &scope : switches.off()) {
        json::object view;
        if (!scope.server.empty())
            view["server"] = scope.server;
        if (!scope.folder.empty())
            view["folder"] = json::array(scope.folder.begin(), scope.folder.end());
        if (!scope.endpoint.empty())
            view["endpoint"] = scope.endpoint;
        off.push_back(std::move(view));
    }
    return {{"allOff", switches.isOff({})}, {"off", std::move(off)}};
}

json::value behaviourJson(const BehaviourRecord *record)
{
    if (!record)
        return nullptr;
    json::array latencies;
    std::ranges::transform(record->latencies, std::back_inserter(latencies), latencyJson);
    json::value throttle = nullptr;
    if (record->throttle) {
        json::object view = scopeJson(record->throttle->scope, record->throttle->scopeName);
        view["label"] = record->throttle->label;
        throttle = std::move(view);
    }
    return {{"sentence", behaviourSentence(*record)},
            {"seed", std::to_string(record->seed)},
            {"drawnFor", record->drawnFor},
            {"ordinal", record->ordinal},
            {"latencies", std::move(latencies)},
            {"throttle", std::move(throttle)},
            {"fault", record->fault ? json::value(faultJson(*record->fault)) : nullptr}};
}

} // namespace understudy::control
