// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/lookup.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit)
           && (text.size() == 1 || text[0] != '0') && text.size() < 16;
}

} // namespace

bool isXmlName(std::string_view name)
{
    return !name.empty() && !isDigit(name.front()) && name.front() != '-' && name.front() != '.'
           && std::all_of(name.begin(), name.end(), [](char c) {
                  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                         || static_cast<unsigned char>(c) >= 0x80
                         || std::string_view("_-.:").find(c) != std::string_view::npos;
              });
}

namespace {

/// What xml-js puts beside the names of elements.
bool isReserved(std::string_view step)
{
    static constexpr std::array<std::string_view, 7> kReserved{
        "_text", "_cdata", "_comment", "_attributes", "_declaration", "_instruction", "_doctype"};
    return std::find(kReserved.begin(), kReserved.end(), step) != kReserved.end();
}

/// The first `count` steps as elements; nothing where one cannot be.
std::optional<std::string> elementsOf(const std::vector<std::string> &steps, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (!isXmlName(steps[i]) || isReserved(steps[i]))
            return std::nullopt;
        out += '/' + steps[i];
        // Elements of one name are a list; one alone is none.
        if (i + 1 < count && isNumber(steps[i + 1]))
            out += "[last()>1][" + std::to_string(std::stoull(steps[++i]) + 1) + ']';
        else if (i + 1 < steps.size())
            out += "[last()=1]";
    }
    return out;
}

} // namespace

std::optional<std::string> xPathOf(const std::vector<std::string> &steps)
{
    std::vector<std::string> own = steps;
    std::string index;
    const auto isText = [](const std::string &step) {
        return step == "_text" || step == "_cdata" || step == "_comment";
    };
    if (own.size() > 1 && isNumber(own.back()) && isText(own[own.size() - 2])) {
        index = "[last()>1][" + std::to_string(std::stoull(own.back()) + 1) + ']';
        own.pop_back();
    }
    const std::size_t count = own.size();
    if (count > 1 && (own.back() == "_text" || own.back() == "_cdata")) {
        const auto path = elementsOf(own, count - 1);
        // White space alone is no text there.
        const std::string texts = index.empty() ? "" : "[normalize-space()]" + index;
        return path ? std::optional(*path + "/text()" + texts) : std::nullopt;
    }
    if (own.back() == "_comment") {
        const auto path = elementsOf(own, count - 1);
        return path ? std::optional(*path + "/comment()" + index) : std::nullopt;
    }
    if (count > 2 && own[count - 2] == "_attributes") {
        const auto path = elementsOf(own, count - 2);
        return path && isXmlName(own.back()) ? std::optional(*path + "/@" + own.back())
                                             : std::nullopt;
    }
    if (count > 1 && own[count - 2] == "_instruction") {
        const auto path = elementsOf(own, count - 2);
        return path && isXmlName(own.back())
                   ? std::optional(*path + "/processing-instruction('" + own.back() + "')")
                   : std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string> xPathOfElement(const std::vector<std::string> &steps)
{
    if (steps.size() > 1 && steps.back() == "_attributes") {
        const auto path = elementsOf(steps, steps.size() - 1);
        return path ? std::optional(*path + "[@*]") : std::nullopt;
    }
    return elementsOf(steps, steps.size());
}

} // namespace understudy::formats::mockoon
