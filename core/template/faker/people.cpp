// SPDX-License-Identifier: Apache-2.0
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <array>

namespace understudy::faker {

using handlebars::Value;

namespace {

std::string firstNameOf(const Arguments &a)
{
    Value sex = a.place(0).ifObject() ? Value() : a.place(0);
    if (sex.isUndefined())
        sex = a.option("sex");
    return std::string(sex.text() == "female" ? a.pick(words::kFemaleNames)
                       : sex.text() == "male" ? a.pick(words::kMaleNames)
                                              : a.pick(words::kFirstNames));
}

Value firstName(const Arguments &a) { return firstNameOf(a); }
Value lastName(const Arguments &a) { return a.pick(words::kLastNames); }
Value middleName(const Arguments &a) { return a.pick(words::kFirstNames); }

Value fullName(const Arguments &a)
{
    const Value first = a.option("firstName");
    const Value last = a.option("lastName");
    return (first.isMissing() ? std::string(a.pick(words::kFirstNames)) : first.text()) + ' '
           + (last.isMissing() ? std::string(a.pick(words::kLastNames)) : last.text());
}

Value prefix(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"Mr.", "Mrs.", "Ms.", "Miss", "Dr."});
    return a.pick(kWords);
}

Value suffix(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"Jr.", "Sr.", "I", "II", "III", "IV", "MD", "PhD"});
    return a.pick(kWords);
}

Value sex(const Arguments &a) { return a.unit() < 0.5 ? "female" : "male"; }

Value gender(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"Agender", "Female", "Genderfluid", "Male", "Nonbinary", "Woman", "Man"});
    return a.pick(kWords);
}

constexpr auto kLevels = std::to_array<std::string_view>(
    {"Senior", "Lead", "Chief", "Junior", "Principal", "Regional", "National", "Global"});
constexpr auto kAreas
    = std::to_array<std::string_view>({"Accounts", "Brand", "Data", "Design", "Finance", "Markets",
                                       "Operations", "Quality", "Research", "Security"});
constexpr auto kTypes = std::to_array<std::string_view>(
    {"Analyst", "Architect", "Assistant", "Consultant", "Designer", "Developer", "Director",
     "Engineer", "Manager", "Specialist"});

Value jobDescriptor(const Arguments &a) { return a.pick(kLevels); }
Value jobArea(const Arguments &a) { return a.pick(kAreas); }
Value jobType(const Arguments &a) { return a.pick(kTypes); }
Value jobTitle(const Arguments &a)
{
    return std::string(a.pick(kLevels)) + ' ' + std::string(a.pick(kAreas)) + ' '
           + std::string(a.pick(kTypes));
}

Value bio(const Arguments &a)
{
    return std::string(a.pick(words::kNouns)) + " lover, " + std::string(a.pick(words::kNouns))
           + " maker";
}

Value zodiacSign(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"Aries", "Taurus", "Gemini", "Cancer", "Leo", "Virgo", "Libra", "Scorpio", "Sagittarius",
         "Capricorn", "Aquarius", "Pisces"});
    return a.pick(kWords);
}

Value phone(const Arguments &a)
{
    const std::string style = a.option("style").text();
    if (style == "international")
        return a.digits("+1!##!######");
    return style == "national" ? a.digits("(!##) !##-####") : a.digits("1-!##-!##-####");
}

Value imei(const Arguments &a) { return a.digits("##-######-######-#"); }

constexpr std::array kMethods{
    Method{"person.firstName", firstName},
    Method{"person.lastName", lastName},
    Method{"person.middleName", middleName},
    Method{"person.fullName", fullName},
    Method{"person.prefix", prefix},
    Method{"person.suffix", suffix},
    Method{"person.sex", sex},
    Method{"person.sexType", sex},
    Method{"person.gender", gender},
    Method{"person.jobTitle", jobTitle},
    Method{"person.jobArea", jobArea},
    Method{"person.jobType", jobType},
    Method{"person.jobDescriptor", jobDescriptor},
    Method{"person.bio", bio},
    Method{"person.zodiacSign", zodiacSign},
    Method{"phone.number", phone},
    Method{"phone.imei", imei},
};

} // namespace

std::span<const Method> personMethods() { return kMethods; }

} // namespace understudy::faker
