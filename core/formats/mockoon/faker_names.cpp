// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/faker_names.h"

#include <array>
#include <string_view>
#include <utility>

namespace understudy::formats::mockoon {

namespace {

using Renaming = std::pair<std::string_view, std::string_view>;

/// Whole modules.
constexpr std::array kModules{
    Renaming{"name.", "person."},
    Renaming{"address.", "location."},
};

/// Methods, after the modules. What follows a blank is another argument.
constexpr std::array kMethods{
    Renaming{"person.findName", "person.fullName"},
    Renaming{"location.cityName", "location.city"},
    Renaming{"location.streetName", "location.street"},
    Renaming{"location.stateAbbr", "location.state abbreviated=true"},
    Renaming{"location.zipCodeByState", "location.zipCode"},
    Renaming{"commerce.color", "color.human"},
    Renaming{"company.companyName", "company.name"},
    Renaming{"company.companySuffix", "company.name"},
    Renaming{"company.suffixes", "company.name"},
    Renaming{"company.bs", "company.buzzPhrase"},
    Renaming{"company.bsAdjective", "company.buzzAdjective"},
    Renaming{"company.bsBuzz", "company.buzzVerb"},
    Renaming{"company.bsNoun", "company.buzzNoun"},
    Renaming{"datatype.number", "number.int max=99999"},
    Renaming{"datatype.float", "number.float"},
    Renaming{"datatype.hexadecimal", "number.hex"},
    Renaming{"datatype.bigInt", "number.bigInt"},
    Renaming{"datatype.string", "string.sample"},
    Renaming{"datatype.uuid", "string.uuid"},
    Renaming{"datatype.datetime", "date.anytime"},
    Renaming{"finance.account", "finance.accountNumber"},
    Renaming{"finance.mask", "finance.maskedNumber"},
    Renaming{"git.shortSha", "git.commitSha length=7"},
    Renaming{"image.image", "image.url"},
    Renaming{"image.imageUrl", "image.url"},
    Renaming{"random.alpha", "string.alpha"},
    Renaming{"random.alphaNumeric", "string.alphanumeric"},
    Renaming{"random.numeric", "string.numeric"},
    Renaming{"random.word", "word.sample"},
    Renaming{"random.words", "word.words"},
    Renaming{"phone.phoneNumber", "phone.number"},
};

/// The name of today; `more` is what else it is called with.
std::string renamed(std::string name, std::string &more)
{
    for (const auto &[from, to] : kModules) {
        if (name.starts_with(from))
            name.replace(0, from.size(), to);
    }
    for (const auto &[from, to] : kMethods) {
        if (name != from)
            continue;
        const std::size_t blank = to.find(' ');
        name = to.substr(0, blank);
        if (blank != std::string_view::npos)
            more = to.substr(blank);
        break;
    }
    return name;
}

} // namespace

std::string withTodaysFakerNames(std::string text)
{
    constexpr std::string_view kCall = "faker";
    for (std::size_t at = text.find(kCall); at != std::string::npos; at = text.find(kCall, at)) {
        at += kCall.size();
        const std::size_t open = text.find_first_not_of(" \t\r\n", at);
        if (open == std::string::npos || (text[open] != '\'' && text[open] != '"'))
            continue;
        const std::size_t close = text.find(text[open], open + 1);
        if (close == std::string::npos)
            break;
        std::string more;
        const std::string name = renamed(text.substr(open + 1, close - open - 1), more);
        const std::size_t end = text.find("}}", close);
        const bool hasOwn
            = !more.empty() && end != std::string::npos
              && text.substr(close, end - close).find(more.substr(0, more.find('=') + 1))
                     != std::string::npos;
        text.replace(open + 1, close - open - 1, name);
        const std::size_t behind = open + 1 + name.size() + 1;
        if (!more.empty() && !hasOwn)
            text.insert(behind, more);
        at = behind;
    }
    return text;
}

} // namespace understudy::formats::mockoon
