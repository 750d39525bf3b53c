// SPDX-License-Identifier: Apache-2.0
// Commerce, companies, finance, colours, and what is bought and driven.
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace understudy::faker {

using handlebars::Value;

namespace {

constexpr auto kMaterials = std::to_array<std::string_view>(
    {"Bamboo", "Bronze", "Ceramic", "Concrete", "Cotton", "Granite", "Metal", "Plastic", "Rubber",
     "Silk", "Steel", "Wooden"});
constexpr auto kProducts = std::to_array<std::string_view>(
    {"Bike", "Car", "Chair", "Cheese", "Gloves", "Hat", "Keyboard", "Mouse", "Pants", "Pizza",
     "Shirt", "Shoes", "Soap", "Table", "Towels"});
constexpr auto kQualities = std::to_array<std::string_view>(
    {"Elegant", "Ergonomic", "Fantastic", "Fresh", "Generic", "Handmade", "Luxurious", "Practical",
     "Refined", "Rustic", "Sleek", "Tasty"});
constexpr auto kDepartments = std::to_array<std::string_view>(
    {"Automotive", "Baby", "Beauty", "Books", "Clothing", "Computers", "Electronics", "Games",
     "Garden", "Grocery", "Health", "Home", "Jewelry", "Music", "Outdoors", "Shoes", "Sports",
     "Tools", "Toys"});
constexpr auto kForms = std::to_array<std::string_view>({"Inc", "LLC", "Group", "and Sons"});
constexpr auto kCurrencies
    = std::to_array<std::string_view>({"AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR",
                                       "GBP", "INR", "JPY", "MXN", "NOK", "PLN", "SEK", "USD"});

std::string decimals(double value, int digits)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string amountOf(const Arguments &a, double least, double most)
{
    const double min = a.number("min", least);
    const double max = a.number("max", most);
    const auto digits = static_cast<int>(std::min(std::max(a.number("dec", 2), 0.0), 20.0));
    return a.option("symbol").text() + decimals(min + (max - min) * a.unit(), digits);
}

Value price(const Arguments &a) { return amountOf(a, 1, 1000); }
Value amount(const Arguments &a) { return amountOf(a, 0, 1000); }
Value product(const Arguments &a) { return a.pick(kProducts); }
Value material(const Arguments &a) { return a.pick(kMaterials); }
Value quality(const Arguments &a) { return a.pick(kQualities); }
Value department(const Arguments &a) { return a.pick(kDepartments); }
Value productName(const Arguments &a)
{
    return std::string(a.pick(kQualities)) + ' ' + std::string(a.pick(kMaterials)) + ' '
           + std::string(a.pick(kProducts));
}
Value productDescription(const Arguments &a)
{
    return "A " + std::string(a.pick(words::kAdjectives)) + ' ' + std::string(a.pick(kProducts))
           + " for a " + std::string(a.pick(words::kAdjectives)) + " day.";
}
Value isbn(const Arguments &a) { return a.digits("978-#-####-####-#"); }

Value company(const Arguments &a)
{
    return std::string(a.pick(words::kLastNames)) + ", " + std::string(a.pick(words::kLastNames))
           + " " + std::string(a.pick(kForms));
}
Value catchPhrase(const Arguments &a)
{
    return std::string(a.pick(kQualities)) + ' ' + std::string(a.pick(words::kAdjectives)) + ' '
           + std::string(a.pick(words::kNouns));
}
Value buzzPhrase(const Arguments &a)
{
    return std::string(a.pick(words::kVerbs)) + ' ' + std::string(a.pick(words::kAdjectives)) + ' '
           + std::string(a.pick(words::kNouns)) + 's';
}
Value buzzVerb(const Arguments &a) { return a.pick(words::kVerbs); }
Value buzzNoun(const Arguments &a) { return a.pick(words::kNouns); }
Value buzzAdjective(const Arguments &a) { return a.pick(words::kAdjectives); }

Value accountNumber(const Arguments &a) { return a.characters("0123456789", a.count("length", 8)); }
Value accountName(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"Checking Account", "Savings Account", "Credit Card Account", "Home Loan Account"});
    return a.pick(kWords);
}
Value routingNumber(const Arguments &a) { return a.digits("#########"); }
Value maskedNumber(const Arguments &a)
{
    return '(' + ("..." + a.characters("0123456789", a.count("length", 4))) + ')';
}
Value pin(const Arguments &a) { return a.characters("0123456789", a.count("length", 4)); }
Value currencyCode(const Arguments &a) { return a.pick(kCurrencies); }
Value currencyName(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"Euro", "Pound Sterling", "Swiss Franc", "US Dollar", "Yen", "Zloty"});
    return a.pick(kWords);
}
Value currencySymbol(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>({"$", "£", "€", "¥", "₹"});
    return a.pick(kWords);
}
Value creditCardNumber(const Arguments &a) { return a.digits("4###-####-####-####"); }
Value creditCardCvv(const Arguments &a) { return a.digits("###"); }
Value creditCardIssuer(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"visa", "mastercard", "discover", "american_express"});
    return a.pick(kWords);
}
/// With the right check digits (ISO 13616).
Value iban(const Arguments &a)
{
    const std::string account = a.digits("##################");
    int rest = 0;
    for (const char c : account + "131400") // D, E and 00
        rest = (rest * 10 + (c - '0')) % 97;
    const int check = 98 - rest;
    return std::string("DE") + (check < 10 ? "0" : "") + std::to_string(check) + account;
}
Value bic(const Arguments &a)
{
    return a.characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4) + "DE"
           + a.characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789", 2);
}
Value bitcoin(const Arguments &a)
{
    return '1' + a.characters("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 33);
}
Value ethereum(const Arguments &a) { return "0x" + a.characters("0123456789abcdef", 40); }
Value transactionType(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"deposit", "withdrawal", "payment", "invoice"});
    return a.pick(kWords);
}
Value transactionDescription(const Arguments &a)
{
    return "payment of " + amountOf(a, 1, 1000) + ' ' + std::string(a.pick(kCurrencies)) + " to "
           + std::string(a.pick(words::kLastNames));
}

Value color(const Arguments &a) { return a.pick(words::kColors); }
Value rgb(const Arguments &a)
{
    const std::string digits = a.characters("0123456789abcdef", 6);
    return a.option("prefix").isUndefined() ? '#' + digits : a.option("prefix").text() + digits;
}

Value vehicle(const Arguments &a)
{
    static constexpr auto kMakers = std::to_array<std::string_view>(
        {"Audi", "BMW", "Fiat", "Ford", "Honda", "Kia", "Mazda", "Nissan", "Toyota", "Volvo"});
    static constexpr auto kModels = std::to_array<std::string_view>(
        {"Alpine", "Camino", "Civic", "Corsa", "Golf", "Model X", "Ranger", "Spirit"});
    return std::string(a.pick(kMakers)) + ' ' + std::string(a.pick(kModels));
}
Value manufacturer(const Arguments &a)
{
    static constexpr auto kMakers = std::to_array<std::string_view>(
        {"Audi", "BMW", "Fiat", "Ford", "Honda", "Kia", "Mazda", "Nissan", "Toyota", "Volvo"});
    return a.pick(kMakers);
}
Value model(const Arguments &a)
{
    static constexpr auto kModels = std::to_array<std::string_view>(
        {"Alpine", "Camino", "Civic", "Corsa", "Golf", "Model X", "Ranger", "Spirit"});
    return a.pick(kModels);
}
Value vin(const Arguments &a) { return a.characters("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 17); }

Value airport(const Arguments &a)
{
    return Value(JsonObject{{"name", std::string(a.pick(words::kCities)) + " Airport"},
                            {"iataCode", a.characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3)}});
}
Value airline(const Arguments &a)
{
    return Value(JsonObject{{"name", std::string(a.pick(words::kCities)) + " Airlines"},
                            {"iataCode", a.characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2)}});
}

constexpr std::array kMethods{
    Method{"commerce.price", price},
    Method{"commerce.product", product},
    Method{"commerce.productName", productName},
    Method{"commerce.productMaterial", material},
    Method{"commerce.productAdjective", quality},
    Method{"commerce.productDescription", productDescription},
    Method{"commerce.department", department},
    Method{"commerce.isbn", isbn},
    Method{"company.name", company},
    Method{"company.catchPhrase", catchPhrase},
    Method{"company.buzzPhrase", buzzPhrase},
    Method{"company.buzzVerb", buzzVerb},
    Method{"company.buzzNoun", buzzNoun},
    Method{"company.buzzAdjective", buzzAdjective},
    Method{"finance.amount", amount},
    Method{"finance.accountNumber", accountNumber},
    Method{"finance.accountName", accountName},
    Method{"finance.routingNumber", routingNumber},
    Method{"finance.maskedNumber", maskedNumber},
    Method{"finance.pin", pin},
    Method{"finance.currencyCode", currencyCode},
    Method{"finance.currencyName", currencyName},
    Method{"finance.currencySymbol", currencySymbol},
    Method{"finance.creditCardNumber", creditCardNumber},
    Method{"finance.creditCardCVV", creditCardCvv},
    Method{"finance.creditCardIssuer", creditCardIssuer},
    Method{"finance.iban", iban},
    Method{"finance.bic", bic},
    Method{"finance.bitcoinAddress", bitcoin},
    Method{"finance.ethereumAddress", ethereum},
    Method{"finance.transactionType", transactionType},
    Method{"finance.transactionDescription", transactionDescription},
    Method{"color.human", color},
    Method{"color.rgb", rgb},
    Method{"vehicle.vehicle", vehicle},
    Method{"vehicle.manufacturer", manufacturer},
    Method{"vehicle.model", model},
    Method{"vehicle.vin", vin},
    Method{"airline.airport", airport},
    Method{"airline.airline", airline},
};

} // namespace

std::span<const Method> tradeMethods() { return kMethods; }

} // namespace understudy::faker
