// SPDX-License-Identifier: Apache-2.0
// Methods that pick one of a few words.
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <algorithm>
#include <array>
#include <string>

namespace understudy::faker {

using handlebars::Value;

namespace {

template<const auto &list>
Value pickOf(const Arguments &a)
{
    return a.pick(list);
}

constexpr auto kBears = std::to_array<std::string_view>({"Brown bear", "Polar bear", "Sloth bear"});
constexpr auto kBirds = std::to_array<std::string_view>({"Barn owl", "Blackbird", "Heron", "Wren"});
constexpr auto kCats = std::to_array<std::string_view>({"Birman", "Manx", "Persian", "Siamese"});
constexpr auto kCetaceans
    = std::to_array<std::string_view>({"Blue whale", "Common dolphin", "Harbour porpoise"});
constexpr auto kCows = std::to_array<std::string_view>({"Angus", "Galloway", "Hereford", "Jersey"});
constexpr auto kCrocodiles
    = std::to_array<std::string_view>({"American alligator", "Gharial", "Nile crocodile"});
constexpr auto kDogs = std::to_array<std::string_view>({"Beagle", "Boxer", "Collie", "Poodle"});
constexpr auto kFish = std::to_array<std::string_view>({"Carp", "Cod", "Herring", "Trout"});
constexpr auto kHorses = std::to_array<std::string_view>({"Arabian", "Friesian", "Haflinger"});
constexpr auto kInsects = std::to_array<std::string_view>({"Ant", "Bee", "Cricket", "Ladybird"});
constexpr auto kLions = std::to_array<std::string_view>({"Asiatic lion", "Masai lion"});
constexpr auto kRabbits = std::to_array<std::string_view>({"Angora", "Dutch", "Lionhead"});
constexpr auto kRodents = std::to_array<std::string_view>({"Beaver", "Hamster", "Squirrel"});
constexpr auto kSnakes = std::to_array<std::string_view>({"Adder", "Cobra", "Grass snake"});
constexpr auto kAnimals = std::to_array<std::string_view>({"bear", "bird", "cat", "dog", "horse"});

constexpr auto kDishes
    = std::to_array<std::string_view>({"Lentil Soup", "Mushroom Risotto", "Tomato Salad"});
constexpr auto kCuisines = std::to_array<std::string_view>({"French", "Indian", "Italian", "Thai"});
constexpr auto kFruits = std::to_array<std::string_view>({"apple", "cherry", "lemon", "pear"});
constexpr auto kIngredients = std::to_array<std::string_view>({"butter", "flour", "rice", "salt"});
constexpr auto kMeats = std::to_array<std::string_view>({"beef", "chicken", "lamb", "turkey"});
constexpr auto kSpices = std::to_array<std::string_view>({"cumin", "ginger", "pepper", "saffron"});
constexpr auto kVegetables = std::to_array<std::string_view>({"carrot", "leek", "onion", "pea"});
constexpr auto kTastes = std::to_array<std::string_view>({"bitter", "crisp", "fresh", "sweet"});

constexpr auto kGenres = std::to_array<std::string_view>({"Blues", "Folk", "Jazz", "Rock", "Soul"});
constexpr auto kTitles = std::to_array<std::string_view>(
    {"A Quiet Harbor", "Letters Home", "The Long Field", "Winter Light"});
constexpr auto kBookFormats
    = std::to_array<std::string_view>({"Audiobook", "Ebook", "Hardcover", "Paperback"});
constexpr auto kBookGenres
    = std::to_array<std::string_view>({"Biography", "Fantasy", "History", "Mystery"});
constexpr auto kPublishers
    = std::to_array<std::string_view>({"Harbor Press", "North Books", "Orchard House"});

constexpr auto kColorSpaces = std::to_array<std::string_view>({"CIELAB", "HSL", "RGB", "sRGB"});
constexpr auto kColorFunctions = std::to_array<std::string_view>({"hsl", "lab", "lch", "rgb"});
constexpr auto kColorNames = std::to_array<std::string_view>({"display-p3", "rec2020", "sRGB"});

constexpr auto kCollations
    = std::to_array<std::string_view>({"ascii_bin", "utf8_bin", "utf8_general_ci"});
constexpr auto kColumns
    = std::to_array<std::string_view>({"createdAt", "email", "id", "name", "status", "updatedAt"});
constexpr auto kEngines = std::to_array<std::string_view>({"ARCHIVE", "CSV", "InnoDB", "MyISAM"});
constexpr auto kTypes = std::to_array<std::string_view>({"bigint", "date", "int", "varchar"});

constexpr auto kBicycles = std::to_array<std::string_view>({"City Bicycle", "Road Bicycle"});
constexpr auto kFuels = std::to_array<std::string_view>({"Diesel", "Electric", "Gasoline"});
constexpr auto kVehicles = std::to_array<std::string_view>({"Coupe", "Hatchback", "Sedan", "Van"});
constexpr auto kAircraft = std::to_array<std::string_view>({"narrowbody", "regional", "widebody"});
constexpr auto kAlgorithms = std::to_array<std::string_view>({"ES256", "HS256", "RS256"});
constexpr auto kZones = std::to_array<std::string_view>(
    {"America/Lima", "Asia/Tokyo", "Europe/Berlin", "Pacific/Auckland"});
constexpr auto kInterfaces = std::to_array<std::string_view>({"eno1", "enp3s0", "wlo1", "wlp2s0"});
constexpr auto kSchedules
    = std::to_array<std::string_view>({"*/5 * * * *", "0 3 * * 1", "15 12 1 * ?"});
constexpr auto kIngVerbs
    = std::to_array<std::string_view>({"compressing", "indexing", "parsing", "synthesizing"});
constexpr auto kNumericCodes = std::to_array<std::string_view>({"036", "392", "840", "978"});

Value flightNumber(const Arguments &a) { return a.characters("123456789", a.draw(1, 4)); }
Value seat(const Arguments &a) { return std::to_string(a.draw(1, 35)) + a.characters("ABCDEF", 1); }
Value recordLocator(const Arguments &a) { return a.characters("ABCDEFGHJKLMNPQRSTUVWXYZ", 6); }
Value airplane(const Arguments &a)
{
    return Value(
        JsonObject{{"name", "Boeing " + a.digits("7!7")}, {"iataTypeCode", a.digits("7!#")}});
}
Value chemicalElement(const Arguments &)
{
    return Value(JsonObject{{"symbol", "Fe"}, {"name", "Iron"}, {"atomicNumber", 26}});
}
Value unit(const Arguments &) { return Value(JsonObject{{"name", "meter"}, {"symbol", "m"}}); }
Value currency(const Arguments &)
{
    return Value(
        JsonObject{{"name", "Euro"}, {"code", "EUR"}, {"symbol", "€"}, {"numericCode", "978"}});
}
Value language(const Arguments &)
{
    return Value(JsonObject{{"name", "German"}, {"alpha2", "de"}, {"alpha3", "deu"}});
}
Value vrm(const Arguments &a)
{
    return a.characters("ABCDEFGHJKLMNOPRSTUVWXYZ", 2) + a.digits("##")
           + a.characters("ABCDEFGHJKLMNOPRSTUVWXYZ", 3);
}
Value litecoin(const Arguments &a)
{
    return 'L' + a.characters("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 32);
}
Value author(const Arguments &a)
{
    return std::string(a.pick(words::kFirstNames)) + ' ' + std::string(a.pick(words::kLastNames));
}
Value description(const Arguments &a)
{
    return "A " + std::string(a.pick(kTastes)) + " dish with " + std::string(a.pick(kIngredients))
           + " and " + std::string(a.pick(kSpices)) + '.';
}
Value commitMessage(const Arguments &a)
{
    return std::string(a.pick(words::kVerbs)) + ' ' + std::string(a.pick(words::kAdjectives)) + ' '
           + std::string(a.pick(words::kNouns));
}
/// Numbers of a colour: "hsl" and its like as faker's default, a list.
Value hsl(const Arguments &a)
{
    return Value(JsonArray{JsonValue(a.draw(0, 360)), JsonValue(0.25), JsonValue(0.5)});
}
Value cmyk(const Arguments &)
{
    return Value(JsonArray{JsonValue(0.1), JsonValue(0.2), JsonValue(0.3), JsonValue(0.4)});
}
Value fromCharacters(const Arguments &a)
{
    std::string from = a.place(0).text();
    if (a.place(0).ifList())
        std::erase(from, ',');
    const double count = a.place(1).number();
    if (from.empty())
        return "";
    return a.characters(from, count > 0 ? static_cast<std::int64_t>(std::min(count, 1e5)) : 1);
}

constexpr std::array kMethods{
    Method{"animal.bear", pickOf<kBears>},
    Method{"animal.bird", pickOf<kBirds>},
    Method{"animal.cat", pickOf<kCats>},
    Method{"animal.cetacean", pickOf<kCetaceans>},
    Method{"animal.cow", pickOf<kCows>},
    Method{"animal.crocodilia", pickOf<kCrocodiles>},
    Method{"animal.dog", pickOf<kDogs>},
    Method{"animal.fish", pickOf<kFish>},
    Method{"animal.horse", pickOf<kHorses>},
    Method{"animal.insect", pickOf<kInsects>},
    Method{"animal.lion", pickOf<kLions>},
    Method{"animal.petName", pickOf<words::kFirstNames>},
    Method{"animal.rabbit", pickOf<kRabbits>},
    Method{"animal.rodent", pickOf<kRodents>},
    Method{"animal.snake", pickOf<kSnakes>},
    Method{"animal.type", pickOf<kAnimals>},
    Method{"food.adjective", pickOf<kTastes>},
    Method{"food.description", description},
    Method{"food.dish", pickOf<kDishes>},
    Method{"food.ethnicCategory", pickOf<kCuisines>},
    Method{"food.fruit", pickOf<kFruits>},
    Method{"food.ingredient", pickOf<kIngredients>},
    Method{"food.meat", pickOf<kMeats>},
    Method{"food.spice", pickOf<kSpices>},
    Method{"food.vegetable", pickOf<kVegetables>},
    Method{"music.album", pickOf<kTitles>},
    Method{"music.artist", author},
    Method{"music.genre", pickOf<kGenres>},
    Method{"music.songName", pickOf<kTitles>},
    Method{"book.author", author},
    Method{"book.format", pickOf<kBookFormats>},
    Method{"book.genre", pickOf<kBookGenres>},
    Method{"book.publisher", pickOf<kPublishers>},
    Method{"book.series", pickOf<kTitles>},
    Method{"book.title", pickOf<kTitles>},
    Method{"color.space", pickOf<kColorSpaces>},
    Method{"color.cssSupportedFunction", pickOf<kColorFunctions>},
    Method{"color.cssSupportedSpace", pickOf<kColorNames>},
    Method{"color.hsl", hsl},
    Method{"color.hwb", hsl},
    Method{"color.lab", hsl},
    Method{"color.lch", hsl},
    Method{"color.colorByCSSColorSpace", hsl},
    Method{"color.cmyk", cmyk},
    Method{"database.collation", pickOf<kCollations>},
    Method{"database.column", pickOf<kColumns>},
    Method{"database.engine", pickOf<kEngines>},
    Method{"database.type", pickOf<kTypes>},
    Method{"vehicle.bicycle", pickOf<kBicycles>},
    Method{"vehicle.color", pickOf<words::kColors>},
    Method{"vehicle.fuel", pickOf<kFuels>},
    Method{"vehicle.type", pickOf<kVehicles>},
    Method{"vehicle.vrm", vrm},
    Method{"airline.aircraftType", pickOf<kAircraft>},
    Method{"airline.airplane", airplane},
    Method{"airline.flightNumber", flightNumber},
    Method{"airline.recordLocator", recordLocator},
    Method{"airline.seat", seat},
    Method{"internet.jwtAlgorithm", pickOf<kAlgorithms>},
    Method{"date.timeZone", pickOf<kZones>},
    Method{"system.networkInterface", pickOf<kInterfaces>},
    Method{"system.cron", pickOf<kSchedules>},
    Method{"hacker.ingverb", pickOf<kIngVerbs>},
    Method{"finance.currencyNumericCode", pickOf<kNumericCodes>},
    Method{"finance.currency", currency},
    Method{"finance.litecoinAddress", litecoin},
    Method{"science.chemicalElement", chemicalElement},
    Method{"science.unit", unit},
    Method{"location.language", language},
    Method{"company.catchPhraseAdjective", pickOf<words::kAdjectives>},
    Method{"company.catchPhraseDescriptor", pickOf<words::kAdjectives>},
    Method{"company.catchPhraseNoun", pickOf<words::kNouns>},
    Method{"git.commitMessage", commitMessage},
    Method{"git.commitEntry", commitMessage},
    Method{"string.fromCharacters", fromCharacters},
};

} // namespace

std::span<const Method> listMethods() { return kMethods; }

} // namespace understudy::faker
