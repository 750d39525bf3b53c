// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/schema_formats.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

struct TextFormat
{
    std::string_view name;
    /// `##` is two digits from 01 to 28, `#` a number from 1.
    std::string_view sample;
    std::string_view regex;
};

constexpr std::string_view kDateRegex = R"(^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$)";
constexpr std::string_view kDateTimeRegex
    = R"(^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):?[0-5]\d)$)";
constexpr std::string_view kTimeRegex
    = R"(^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):?[0-5]\d)$)";
constexpr std::string_view kEmailRegex = R"(^[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$)";
constexpr std::string_view kHostRegex
    = R"(^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$)";
constexpr std::string_view kUriRegex = R"(^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$)";
constexpr std::string_view kIpv4Regex
    = R"(^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$)";
constexpr std::string_view kUuidRegex
    = R"(^(urn:uuid:)?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$)";

constexpr std::array kTextFormats{
    TextFormat{"date", "2024-05-##", kDateRegex},
    TextFormat{"date-time", "2024-05-##T09:30:00Z", kDateTimeRegex},
    TextFormat{"time", "09:30:##Z", kTimeRegex},
    TextFormat{"duration", "P#D",
               R"(^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$)"},
    TextFormat{"uuid", "3fa85f64-5717-4562-b3fc-2c963f66af##", kUuidRegex},
    TextFormat{"guid", "3fa85f64-5717-4562-b3fc-2c963f66af##", {}},
    TextFormat{"email", "user#@example.com", kEmailRegex},
    TextFormat{"idn-email", "user#@example.com", {}},
    TextFormat{"uri", "https://example.com/resource/#", kUriRegex},
    TextFormat{"url", "https://example.com/resource/#", kUriRegex},
    TextFormat{"iri", "https://example.com/resource/#", {}},
    TextFormat{"uri-reference", "/resource/#", R"(^[^\s<>"{}|\\^`]*$)"},
    TextFormat{"iri-reference", "/resource/#", {}},
    TextFormat{"uri-template", "https://example.com/resource/{id}/#", {}},
    TextFormat{"hostname", "host#.example.com", kHostRegex},
    TextFormat{"idn-hostname", "host#.example.com", {}},
    TextFormat{"ipv4", "192.0.2.#", kIpv4Regex},
    TextFormat{"ip", "192.0.2.#", {}},
    TextFormat{"ipv6", "2001:db8::#", R"(^(?=.*:)[0-9A-Fa-f:.]{2,45}$)"},
    TextFormat{"byte", "VW5kZXJzdHVkeQ==",
               R"(^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$)"},
    TextFormat{"base64", "VW5kZXJzdHVkeQ==", {}},
    TextFormat{"json-pointer", "/items/#", R"(^(/([^~/]|~[01])*)*$)"},
    TextFormat{"relative-json-pointer", "#", R"(^\d+(#|(/([^~/]|~[01])*)*)$)"},
    TextFormat{"regex", "^[a-z]+$", {}},
    TextFormat{"password", "secret-#", {}},
    TextFormat{"phone", "+4930123456##", {}},
};

const TextFormat *findTextFormat(std::string_view name)
{
    const auto found = std::find_if(kTextFormats.begin(), kTextFormats.end(),
                                    [&](const TextFormat &f) { return f.name == name; });
    return found == kTextFormats.end() ? nullptr : &*found;
}

} // namespace

std::string textOfFormat(std::string_view format, std::size_t variant)
{
    const TextFormat *row = findTextFormat(format);
    if (!row)
        return {};
    std::string out(row->sample);
    if (const std::size_t two = out.find("##"); two != std::string::npos) {
        constexpr std::size_t kDays = 28;
        const std::string number = std::to_string(variant % kDays + 1);
        out.replace(two, 2, number.size() == 1 ? "0" + number : number);
    } else if (const std::size_t one = out.find('#'); one != std::string::npos) {
        out.replace(one, 1, std::to_string(variant + 1));
    }
    return out;
}

std::string_view regexOfFormat(std::string_view format)
{
    const TextFormat *row = findTextFormat(format);
    return row ? row->regex : std::string_view();
}

} // namespace understudy::formats::openapi
