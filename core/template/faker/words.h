// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

/// Words that several kinds of invented data are made of.
namespace understudy::faker::words {

inline constexpr auto kFirstNames = std::to_array<std::string_view>(
    {"Ada",   "Alan",   "Anna",  "Ben",   "Carla", "Clara", "David",  "Dora",  "Edgar", "Elena",
     "Emil",  "Emma",   "Felix", "Grace", "Hanna", "Henry", "Ida",    "Ivan",  "Jana",  "Jonas",
     "Julia", "Karl",   "Lena",  "Leo",   "Linus", "Lucia", "Marie",  "Mark",  "Mila",  "Nina",
     "Noah",  "Olivia", "Oscar", "Paul",  "Petra", "Rosa",  "Samuel", "Sofia", "Theo",  "Vera"});
inline constexpr auto kFemaleNames = std::to_array<std::string_view>(
    {"Ada",   "Anna",   "Carla", "Clara", "Dora",  "Elena", "Emma",  "Grace",
     "Hanna", "Ida",    "Jana",  "Julia", "Lena",  "Lucia", "Marie", "Mila",
     "Nina",  "Olivia", "Petra", "Rosa",  "Sofia", "Vera"});
inline constexpr auto kMaleNames = std::to_array<std::string_view>(
    {"Alan", "Ben", "David", "Edgar", "Emil", "Felix", "Henry", "Ivan", "Jonas", "Karl", "Leo",
     "Linus", "Mark", "Noah", "Oscar", "Paul", "Samuel", "Theo"});
inline constexpr auto kLastNames = std::to_array<std::string_view>(
    {"Adler",  "Baker",  "Becker",  "Brook",  "Carter", "Clark",   "Cooper",  "Dahl",
     "Diaz",   "Ellis",  "Fischer", "Ford",   "Garcia", "Hill",    "Hoffman", "Ito",
     "Jensen", "Keller", "Kim",     "Larsen", "Lopez",  "Mason",   "Meyer",   "Moore",
     "Novak",  "Olsen",  "Parker",  "Quinn",  "Rossi",  "Schmidt", "Silva",   "Stone",
     "Tanaka", "Turner", "Vogel",   "Walker", "Weber",  "Wood",    "Young",   "Zimmer"});
inline constexpr auto kCities = std::to_array<std::string_view>(
    {"Aberdeen",    "Austin",  "Bergen",   "Boston",  "Bristol", "Cordoba",   "Denver",
     "Dover",       "Eugene",  "Fairview", "Geneva",  "Graz",    "Hamilton",  "Houston",
     "Jackson",     "Kyoto",   "Leeds",    "Lincoln", "Madison", "Malmo",     "Newport",
     "Oakland",     "Oxford",  "Portland", "Porto",   "Quebec",  "Riverside", "Salem",
     "Springfield", "Trenton", "Utrecht",  "Venice",  "Weston",  "York"});
inline constexpr auto kLorem
    = std::to_array<std::string_view>({"lorem",      "ipsum",        "dolor",
                                       "sit",        "amet",         "consectetur",
                                       "adipiscing", "elit",         "sed",
                                       "do",         "eiusmod",      "tempor",
                                       "incididunt", "ut",           "labore",
                                       "et",         "dolore",       "magna",
                                       "aliqua",     "enim",         "ad",
                                       "minim",      "veniam",       "quis",
                                       "nostrud",    "exercitation", "ullamco",
                                       "laboris",    "nisi",         "aliquip",
                                       "ex",         "ea",           "commodo",
                                       "consequat",  "duis",         "aute",
                                       "irure",      "in",           "reprehenderit",
                                       "voluptate",  "velit",        "esse",
                                       "cillum",     "fugiat",       "nulla",
                                       "pariatur",   "excepteur",    "sint",
                                       "occaecat",   "cupidatat",    "non",
                                       "proident",   "sunt",         "culpa",
                                       "qui",        "officia",      "deserunt",
                                       "mollit",     "anim",         "id",
                                       "est",        "laborum"});
inline constexpr auto kNouns = std::to_array<std::string_view>(
    {"anchor", "bridge", "candle", "cloud",    "desk",   "engine", "field",   "garden", "harbor",
     "island", "jacket", "kettle", "lamp",     "market", "needle", "orchard", "pencil", "quilt",
     "river",  "signal", "table",  "umbrella", "valley", "window", "yard"});
inline constexpr auto kAdjectives = std::to_array<std::string_view>(
    {"ancient", "brave",  "bright", "calm",   "clever", "cold",   "curious", "eager", "gentle",
     "happy",   "honest", "large",  "light",  "modern", "narrow", "patient", "quick", "quiet",
     "rapid",   "rich",   "sharp",  "simple", "smooth", "strong", "warm"});
inline constexpr auto kVerbs = std::to_array<std::string_view>(
    {"arrange", "bring", "build", "carry",   "change", "choose", "climb", "draw", "find", "follow",
     "gather",  "hold",  "learn", "measure", "open",   "paint",  "read",  "run",  "sing", "write"});
inline constexpr auto kColors = std::to_array<std::string_view>(
    {"azure", "black",    "blue", "cyan",      "gold",   "green",  "grey",  "indigo",
     "ivory", "lavender", "lime", "magenta",   "maroon", "orange", "pink",  "purple",
     "red",   "silver",   "teal", "turquoise", "violet", "white",  "yellow"});

} // namespace understudy::faker::words
