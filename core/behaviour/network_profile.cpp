// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/network_profile.h"

#include "embedded/networks.h"

#include <boost/json/parse.hpp>

namespace understudy {

namespace {

/// A text of an entry; empty where there is none.
std::string_view textOf(const boost::json::object &entry, std::string_view key)
{
    const boost::json::value *value = entry.if_contains(key);
    const boost::json::string *text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::vector<NetworkProfile> parse(std::string_view json)
{
    boost::system::error_code ec;
    const boost::json::value root = boost::json::parse(json, ec);
    const boost::json::object *file = ec ? nullptr : root.if_object();
    const boost::json::value *list = file ? file->if_contains("networks") : nullptr;
    std::vector<NetworkProfile> profiles;
    if (!list || !list->is_array())
        return profiles;
    for (const boost::json::value &item : list->get_array()) {
        if (!item.is_object())
            continue;
        const boost::json::object &entry = item.get_object();
        const auto latency = parseDuration(textOf(entry, "latency"));
        const auto jitter = parseDuration(textOf(entry, "jitter"));
        const auto download = parseByteRate(textOf(entry, "download"));
        const auto upload = parseByteRate(textOf(entry, "upload"));
        if (latency && jitter && download && upload)
            profiles.push_back({std::string(textOf(entry, "name")),
                                std::string(textOf(entry, "title")), *latency, *jitter, *download,
                                *upload});
    }
    return profiles;
}

} // namespace

/// The text is part of the program: tests see to it that every entry of it can be read.
const std::vector<NetworkProfile> &builtinNetworkProfiles()
{
    static const std::vector<NetworkProfile> profiles = parse(embedded::networks);
    return profiles;
}

} // namespace understudy
