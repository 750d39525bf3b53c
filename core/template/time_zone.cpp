// SPDX-License-Identifier: Apache-2.0
#include "core/template/time_zone.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

namespace understudy::handlebars {

namespace {

constexpr int kMinutesOfHour = 60;

/// Clocks of one zone: from each moment on, so many seconds.
struct Transitions
{
    std::vector<std::pair<std::int64_t, std::int32_t>> changes;
    std::int32_t before = 0;
};

/// Numbers of a TZif file, the most significant byte first.
class Reader
{
public:
    explicit Reader(std::string_view bytes)
        : m_bytes(bytes)
    {}

    std::int64_t number(std::size_t size)
    {
        if (m_bytes.size() < size) {
            m_isShort = true;
            m_bytes = {};
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = (value << 8U) | static_cast<unsigned char>(m_bytes[i]);
        m_bytes.remove_prefix(size);
        if (size == 4)
            return static_cast<std::int32_t>(value);
        return static_cast<std::int64_t>(value);
    }
    void skip(std::size_t size) { m_bytes.remove_prefix(std::min(size, m_bytes.size())); }
    bool isShort() const { return m_isShort; }
    std::string_view rest() const { return m_bytes; }

private:
    std::string_view m_bytes;
    bool m_isShort = false;
};

struct Counts
{
    std::size_t utc, standard, leaps, times, types, names;
};

constexpr std::size_t kHeaderRest = 16; // version and what is not used

std::optional<Counts> header(Reader &reader)
{
    constexpr std::int64_t kMagic = 0x545A6966; // "TZif"
    if (reader.number(4) != kMagic)
        return std::nullopt;
    reader.skip(kHeaderRest);
    const auto next = [&] { return static_cast<std::size_t>(reader.number(4) & 0xFFFF); };
    Counts out{};
    for (std::size_t *count :
         {&out.utc, &out.standard, &out.leaps, &out.times, &out.types, &out.names})
        *count = next();
    return reader.isShort() ? std::nullopt : std::optional(out);
}

std::optional<Transitions> readZone(std::string_view bytes)
{
    Reader reader(bytes);
    const auto old = header(reader);
    if (!old)
        return std::nullopt;
    // The first part has times of 32 bits and is there for old readers.
    reader.skip(old->times * 5 + old->types * 6 + old->names + old->leaps * 8 + old->standard
                + old->utc);
    const auto counts = header(reader);
    if (!counts || counts->types == 0)
        return std::nullopt;
    Transitions out;
    for (std::size_t i = 0; i < counts->times; ++i)
        out.changes.emplace_back(reader.number(8), 0);
    std::vector<std::size_t> types;
    for (std::size_t i = 0; i < counts->times; ++i)
        types.push_back(static_cast<std::size_t>(reader.number(1)));
    std::vector<std::int32_t> offsets;
    for (std::size_t i = 0; i < counts->types; ++i) {
        offsets.push_back(static_cast<std::int32_t>(reader.number(4)));
        reader.skip(2);
    }
    if (reader.isShort())
        return std::nullopt;
    for (std::size_t i = 0; i < types.size(); ++i)
        out.changes[i].second = offsets[std::min(types[i], offsets.size() - 1)];
    out.before = offsets.front();
    return out;
}

bool isName(std::string_view zone)
{
    const auto isSign = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '-' || c == '+' || c == '/';
    };
    return !zone.empty() && zone.size() < 64 && zone.front() != '/'
           && std::all_of(zone.begin(), zone.end(), isSign);
}

/// Read once; null for one that is not there.
const Transitions *zoneNamed(const std::string &name)
{
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<const Transitions>> known;
    const std::lock_guard lock(mutex);
    const auto found = known.find(name);
    if (found != known.end())
        return found->second.get();
    std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf()))
        return nullptr; // not remembered: names that are not there are without number
    const auto read = readZone(bytes.str());
    if (!read)
        return nullptr;
    return (known[name] = std::make_unique<const Transitions>(*read)).get();
}

/// "+10", "-2:30", "+0200", "" as minutes.
std::optional<int> offsetText(std::string_view text)
{
    if (text.empty() || text == "Z")
        return 0;
    if (text[0] != '+' && text[0] != '-')
        return std::nullopt;
    std::string digits;
    for (const char c : text.substr(1)) {
        if (c != ':')
            digits += c;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.size() > 4)
        return std::nullopt;
    const int minutes
        = digits.size() > 2 ? value / 100 * kMinutesOfHour + value % 100 : value * kMinutesOfHour;
    return text[0] == '-' ? -minutes : minutes;
}

} // namespace

std::optional<int> zoneOffset(std::string_view zone, Instant at)
{
    const bool isFixed = zone.starts_with("UTC") || zone.starts_with("GMT");
    if (const auto offset = offsetText(isFixed ? zone.substr(3) : zone.empty() ? "?" : zone))
        return offset;
    if (!isName(zone))
        return std::nullopt;
    const Transitions *known = zoneNamed(std::string(zone));
    if (!known)
        return std::nullopt;
    const std::int64_t seconds
        = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    const auto next = std::upper_bound(
        known->changes.begin(), known->changes.end(), seconds,
        [](std::int64_t time, const auto &change) { return time < change.first; });
    const std::int32_t offset
        = next == known->changes.begin() ? known->before : std::prev(next)->second;
    return offset / 60;
}

} // namespace understudy::handlebars
