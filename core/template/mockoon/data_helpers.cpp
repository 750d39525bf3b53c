// SPDX-License-Identifier: Apache-2.0
// Buckets, variables, the status and the environment.
#include "core/base/path_text.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/mockoon/request_values.h"

#include <cmath>
#include <cstdlib>

namespace understudy::mockoon {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::ServerValues;
using handlebars::Value;

namespace {

constexpr int kLeastStatus = 100;
constexpr int kMostStatus = 999;

ServerValues *serverOf(HelperCall &call) { return call.scope() ? call.scope()->server : nullptr; }

Value status(HelperCall &call)
{
    const double code = call[0].number();
    if (call.scope() && code >= kLeastStatus && code <= kMostStatus)
        call.scope()->status = static_cast<int>(code);
    return {};
}

Value found(HelperCall &call)
{
    ServerValues *server = serverOf(call);
    const auto bucket = server ? server->bucket(call[0].text(), *call.scope()) : nullptr;
    if (!bucket)
        return {};
    return lookUp(Value::ofJson(bucket, *bucket), call[1].text());
}

Value data(HelperCall &call)
{
    const Value value = found(call);
    return value.isUndefined() ? Value("") : shown(value, false);
}

Value dataRaw(HelperCall &call)
{
    Value value = found(call);
    return value.isUndefined() ? Value("") : value;
}

/// The place that a dot path leads to; null where a step cannot be made. Missing objects on the way
/// are made for `creates`.
JsonValue *placeOf(JsonValue &root, const std::vector<std::string> &steps, std::size_t count,
                   bool creates)
{
    if (steps.size() > JsonValue::kMaxDepth)
        return nullptr;
    JsonValue *at = &root;
    for (std::size_t i = 0; i < count; ++i) {
        if (JsonArray *list = at->ifArray()) {
            char *end = nullptr;
            const unsigned long index = std::strtoul(steps[i].c_str(), &end, 10);
            constexpr std::size_t kMostItems = 100'000;
            if (*end != '\0' || steps[i].empty() || index > kMostItems
                || (index >= list->size() && !creates))
                return nullptr;
            if (index >= list->size())
                list->resize(index + 1);
            at = &(*list)[index];
            continue;
        }
        if (creates && !at->ifObject())
            *at = JsonObject();
        JsonObject *object = at->ifObject();
        if (!object || (!object->contains(steps[i]) && !creates))
            return nullptr;
        if (!object->contains(steps[i]))
            object->set(steps[i], JsonValue());
        at = object->mutableFind(steps[i]);
    }
    return at;
}

bool remove(JsonValue &root, const std::vector<std::string> &steps)
{
    JsonValue *parent = placeOf(root, steps, steps.size() - 1, false);
    if (!parent)
        return false;
    if (JsonArray *list = parent->ifArray()) {
        const double index = handlebars::numberOf(steps.back());
        if (!(index >= 0) || index >= static_cast<double>(list->size()))
            return false;
        list->erase(list->begin() + static_cast<std::ptrdiff_t>(index));
        return true;
    }
    JsonObject *object = parent->ifObject();
    if (!object || !object->contains(steps.back()))
        return false;
    object->erase(steps.back());
    return true;
}

bool merge(JsonValue &place, const JsonValue &value)
{
    JsonObject *object = place.ifObject();
    const JsonObject *more = value.ifObject();
    if (!object || !more) {
        place = value;
        return true;
    }
    for (const JsonMember &member : *more)
        object->set(member.name, member.value);
    return true;
}

bool increase(JsonValue &place, double by)
{
    const JsonNumber *number = place.ifNumber();
    if (!number)
        return false;
    const double sum = handlebars::numberOf(number->text) + by;
    if (!std::isfinite(sum))
        return false;
    place = JsonNumber{handlebars::numberText(sum)};
    return true;
}

bool changed(JsonValue &root, const std::string &operation, const std::string &path,
             const Value &given, JsonValue value)
{
    const auto steps = path.empty() ? std::vector<std::string>() : path_text::dotPathSteps(path);
    if (operation == "del") {
        if (steps.empty())
            root = JsonValue();
        return steps.empty() || remove(root, steps);
    }
    const bool creates
        = operation != "inc" && operation != "dec" && operation != "invert" && operation != "push";
    JsonValue *place = placeOf(root, steps, steps.size(), creates);
    if (!place)
        return false;
    if (operation == "merge")
        return merge(*place, value);
    if (operation == "push") {
        JsonArray *list = place->ifArray();
        if (list)
            list->push_back(std::move(value));
        return list != nullptr;
    }
    if (operation == "inc" || operation == "dec") {
        const double by = given.isMissing() ? 1 : given.number();
        return !std::isnan(by) && increase(*place, operation == "inc" ? by : -by);
    }
    if (operation == "invert") {
        const bool *flag = place->ifBool();
        if (flag)
            *place = !*flag;
        return flag != nullptr;
    }
    *place = std::move(value);
    return true;
}

Value setData(HelperCall &call)
{
    ServerValues *server = serverOf(call);
    JsonValue value = call.copied(call[3]);
    if (server && !call.hasFailed())
        server->changeBucket(call[1].text(), *call.scope(), [&](JsonValue &root) {
            changed(root, call[0].text(), call[2].text(), call[3], std::move(value));
        });
    return {};
}

Value setVar(HelperCall &call)
{
    if (call[0].text().empty())
        return {};
    if (call[1].isText()) // a list or an object is shared
        call.keeps(call[1]);
    call.setData(call[0].text(), call[1]);
    return {};
}

Value getVar(HelperCall &call)
{
    const Value *value = call.data(call[0].text());
    return value ? *value : Value();
}

Value setGlobalVar(HelperCall &call)
{
    ServerValues *server = serverOf(call);
    if (server && call.size() > 1 && !call[0].text().empty())
        server->setVariable(call[0].text(), call[1]);
    return {};
}

Value getGlobalVar(HelperCall &call)
{
    ServerValues *server = serverOf(call);
    Value value = server ? server->variable(call[0].text()) : Value();
    if (!value.isUndefined() && !call[1].text().empty())
        value = lookUp(value, call[1].text());
    if (!value.isUndefined())
        return value;
    return call[2].isUndefined() ? Value("") : call[2];
}

/// Only names that begin with UNDERSTUDY_ (format.md): a mock file that somebody else wrote does
/// not read the secrets of this machine.
Value getEnvVar(HelperCall &call)
{
    constexpr std::string_view kPrefix = "UNDERSTUDY_";
    std::string name = call[0].text();
    if (name.starts_with("MOCKOON_"))
        name.erase(0, std::string_view("MOCKOON_").size());
    if (!name.starts_with(kPrefix))
        name.insert(0, kPrefix);
    const char *value = std::getenv(name.c_str());
    return value ? Value(value) : Value(call[1].text());
}

constexpr std::array kHelpers{
    Helper{"status", "code", "Sets the status of the answer.", status},
    Helper{"data", "bucket [path]", "A value of a bucket, or all of it.", data},
    Helper{"dataRaw", "bucket [path]", "The same as a value, for other helpers.", dataRaw},
    Helper{"setData", "operation bucket [path] [value]",
           "Changes a bucket: set, merge, push, del, inc, dec or invert.", setData},
    Helper{"setVar", "name value", "Sets a variable of this text: {{@name}} reads it.", setVar},
    Helper{"getVar", "name", "A variable of this text.", getVar},
    Helper{"setGlobalVar", "name value", "Sets a variable of the whole server.", setGlobalVar},
    Helper{"getGlobalVar", "name [path] [default]", "A variable of the whole server.",
           getGlobalVar},
    Helper{"getEnvVar", "name [default]",
           "An environment variable whose name begins with UNDERSTUDY_.", getEnvVar},
};

} // namespace

std::span<const Helper> dataHelpers() { return kHelpers; }

} // namespace understudy::mockoon
