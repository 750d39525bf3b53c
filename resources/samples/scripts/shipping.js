// What shipping costs: by weight and country, free for large orders. Asked by POST /cart/shipping.
const zones = { DE: 390, AT: 690, CH: 1290 };

module.exports = function (request, mock) {
    const order = request.json;
    if (!order || !Array.isArray(order.items))
        return { status: 400, body: { title: "An order has items: {\"items\": [{\"grams\": 100, \"cents\": 990}]}" } };

    const grams = order.items.reduce((sum, item) => sum + (item.grams || 0), 0);
    const cents = order.items.reduce((sum, item) => sum + (item.cents || 0), 0);
    const base = zones[order.country || "DE"] || 1990;
    const price = cents >= 5000 ? 0 : base + Math.ceil(grams / 1000) * 100;
    console.log("shipping", grams, "g for", price, "cents");

    // Two working days from now, by the clock of the server.
    const arrives = new Date(mock.now.getTime() + 2 * 24 * 60 * 60 * 1000);
    return { body: { cents: price, carrier: mock.faker.company.name(), arrives: arrives.toISOString().slice(0, 10) } };
};
