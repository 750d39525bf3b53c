// SPDX-License-Identifier: Apache-2.0
#include "core/formats/insomnia/templates.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::insomnia {

namespace {

constexpr std::size_t kMaxTag = 2000;
/// No template can say a longer one.
constexpr std::size_t kMaxValueName = 200;

/// `_['a-b'].c` as `a-b.c`.
std::string plainName(std::string_view name)
{
    if (name.starts_with("_.") || name.starts_with("_["))
        name.remove_prefix(1);
    std::string out;
    while (!name.empty()) {
        const bool isQuoted = name.starts_with("['") || name.starts_with("[\"");
        const std::size_t end = isQuoted ? name.find(name[1], 2) : std::string_view::npos;
        if (end != std::string_view::npos && name.substr(end + 1).starts_with(']')) {
            out.append(".").append(name.substr(2, end - 2));
            name.remove_prefix(end + 2);
        } else {
            out += name.front();
            name.remove_prefix(1);
        }
    }
    return out.starts_with('.') ? out.substr(1) : out;
}

/// The first word of a tag: "uuid".
std::string tagName(std::string_view tag)
{
    std::string out;
    for (const char c : text::trim(tag)) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_' && c != '-')
            break;
        out += c;
    }
    return out.empty() ? "tag" : out;
}

std::string withoutTags(std::string_view text)
{
    std::string out;
    std::size_t done = 0;
    std::size_t end = 0;
    for (std::size_t open = text.find("{%"); open != std::string_view::npos;
         open = text.find("{%", std::max(done, open + 2))) {
        if (end < open + 2)
            end = text.find("%}", open + 2);
        if (end == std::string_view::npos)
            break;
        if (end - open > kMaxTag)
            continue;
        out.append(text.substr(done, open - done));
        out.append("{{").append(tagName(text.substr(open + 2, end - open - 2))).append("}}");
        done = end + 2;
    }
    return out.append(text.substr(std::min(done, text.size())));
}

void setValue(const yaml::Node &node, const std::string &name, described::Variables &variables)
{
    if (name.size() > kMaxValueName)
        return;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (node.isMap())
            setValue(node.items[i],
                     name.empty() ? node.keys[i].text : name + '.' + node.keys[i].text, variables);
        else
            setValue(node.items[i], name + '[' + std::to_string(i) + ']', variables);
    }
    if (const auto text = recorded::textOf(&node))
        variables.set(name, plainTemplate(*text));
}

} // namespace

std::string plainTemplate(std::string_view text)
{
    const std::string plain = withoutTags(text);
    std::string out;
    std::size_t done = 0;
    for (described::Mention each = described::findMention(plain); each.exists();
         each = described::findMention(plain, each.end)) {
        out.append(plain, done, each.from - done);
        out.append("{{").append(plainName(each.name)).append("}}");
        done = each.end;
    }
    return out.append(plain, done);
}

void setValues(const yaml::Node *data, described::Variables &variables)
{
    if (data && data->isMap())
        setValue(*data, {}, variables);
}

} // namespace understudy::formats::insomnia
