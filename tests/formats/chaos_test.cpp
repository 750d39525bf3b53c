// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/native.h"
#include "core/formats/presets.h"
#include "core/model/behaviour_labels.h"
#include "core/model/edit.h"
#include "core/model/fault_catalogue.h"
#include "tests/formats/native_support.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <set>

using namespace understudy;
using namespace understudy::formats;
using testing::HasSubstr;
using testing::IsEmpty;

/// resources/samples/chaos.mock.yaml promises every fault on its own path.
namespace {

std::filesystem::path samples()
{
    return std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "resources/samples";
}

class Chaos : public testing::Test
{
protected:
    Chaos()
    {
        LoadOutcome outcome = load(samples() / "chaos.mock.yaml");
        for (const Problem &problem : outcome.errors)
            ADD_FAILURE() << problem.error.text();
        if (!outcome.servers.empty()) {
            EXPECT_THAT(outcome.servers[0].problems, IsEmpty());
            m_server = std::move(outcome.servers[0].server);
        }
    }

    void forEachBehaviour(const std::function<void(const Behaviour &)> &visit) const
    {
        visit(m_server.behaviour);
        forEachEndpoint(m_server,
                        [&](const EndpointVisit &found) { visit(found.endpoint.behaviour); });
    }

    /// Kind, place and variant of every fault in it, as lists call them.
    std::set<std::string> labels() const
    {
        std::set<std::string> out;
        forEachBehaviour([&](const Behaviour &behaviour) {
            for (const Fault &fault : behaviour.faults) {
                Fault bare;
                bare.kind = fault.kind;
                bare.at = faultPlace(fault);
                bare.variant = fault.variant;
                const std::vector<std::string_view> &variants = faultTraits(fault.kind).variants;
                if (bare.variant.empty() && !variants.empty())
                    bare.variant = variants.front();
                out.insert(faultLabel(bare));
            }
        });
        return out;
    }

    std::string page() const
    {
        const Endpoint *index = findEndpoint(m_server, "index");
        return index ? index->responses.at(0).body.content : std::string();
    }

    Server m_server;
};

} // namespace

TEST_F(Chaos, HasEveryKindPlaceAndVariantOfTheCatalogue)
{
    const std::set<std::string> present = labels();
    for (const FaultKind kind : allFaultKinds()) {
        const FaultTraits &traits = faultTraits(kind);
        std::vector<std::optional<FaultPlace>> places(traits.places.begin(), traits.places.end());
        if (places.empty())
            places.emplace_back();
        std::vector<std::string_view> variants = traits.variants;
        if (variants.empty())
            variants.emplace_back();
        for (const std::optional<FaultPlace> &place : places) {
            if (place == FaultPlace::Accept)
                continue; // acts on connections, which have no path
            for (const std::string_view variant : variants) {
                Fault fault;
                fault.kind = kind;
                fault.at = place;
                fault.variant = variant;
                EXPECT_THAT(present, testing::Contains(faultLabel(fault)));
            }
        }
    }
}

TEST_F(Chaos, HasEveryModelOfLatency)
{
    std::set<std::size_t> models;
    forEachBehaviour([&](const Behaviour &behaviour) {
        if (behaviour.latency.head)
            models.insert(behaviour.latency.head->index());
    });
    EXPECT_EQ(models.size(), std::variant_size_v<LatencyModel>);
}

TEST_F(Chaos, HasEveryNetworkProfile)
{
    std::set<std::string> named;
    forEachBehaviour([&](const Behaviour &behaviour) {
        if (behaviour.throttle)
            named.insert(behaviour.throttle->profile);
    });
    for (const NetworkProfile &profile : builtinPresets().networks)
        EXPECT_TRUE(named.contains(profile.name)) << profile.name;
}

TEST_F(Chaos, ListsEveryPathAndHostOnItsPage)
{
    const std::string text = page();
    forEachEndpoint(m_server, [&](const EndpointVisit &visit) {
        if (visit.endpoint.id != "index") {
            EXPECT_THAT(text, HasSubstr(visit.endpoint.path + "</code>"));
        }
    });
    for (const std::string_view variant : faultTraits(FaultKind::Tls).variants)
        EXPECT_THAT(text, HasSubstr("https://" + std::string(variant) + ".localhost:3666/</code>"));
}

/// Whoever does not ask for it sees none: no fault of the server itself but for host names that
/// nobody comes by on the way.
TEST_F(Chaos, LeavesEverybodyElseAlone)
{
    EXPECT_EQ(m_server.behaviour.latency, Latency{});
    EXPECT_FALSE(m_server.behaviour.throttle);
    for (const Fault &fault : m_server.behaviour.faults) {
        EXPECT_EQ(fault.kind, FaultKind::Tls);
        EXPECT_TRUE(fault.when) << faultLabel(fault);
    }
    const Endpoint *index = findEndpoint(m_server, "index");
    ASSERT_NE(index, nullptr);
    EXPECT_TRUE(index->behaviour.isEmpty());
    forEachEndpoint(m_server, [](const EndpointVisit &visit) {
        EXPECT_TRUE(visit.folders.empty() || visit.folders.back()->behaviour.isEmpty());
        for (const Fault &fault : visit.endpoint.behaviour.faults) {
            if (faultMoment(fault) == FaultMoment::Schedule) {
                // Followed by a browser or a crawler, a link would stop the server for all.
                EXPECT_EQ(visit.endpoint.methods, std::vector<std::string>{"POST"});
                EXPECT_TRUE(fault.duration) << faultLabel(fault);
            }
        }
    });
}

TEST_F(Chaos, HasAPageWithoutAnythingFromOutside)
{
    const std::string text = page();
    EXPECT_THAT(text, HasSubstr("prefers-color-scheme: dark"));
    for (const char *outside : {"src=", "@import", "url(", "<script", "rel=\"stylesheet\""})
        EXPECT_THAT(text, testing::Not(HasSubstr(outside)));
}

TEST_F(Chaos, NamesOnlyFilesThatAreThere)
{
    forEachBehaviour([](const Behaviour &behaviour) {
        const auto *samplesOf = behaviour.latency.head
                                    ? std::get_if<SampledLatency>(&*behaviour.latency.head)
                                    : nullptr;
        if (samplesOf) {
            EXPECT_TRUE(std::filesystem::exists(samples() / samplesOf->file)) << samplesOf->file;
        }
    });
}

/// People try things out on it: an edit of any endpoint keeps all the others, though some share a
/// text by an alias.
TEST_F(Chaos, CanBeEditedEndpointByEndpoint)
{
    const std::string text = test::contentOf(samples() / "chaos.mock.yaml");
    const Server before = native::read(text, "chaos").server;
    forEachEndpoint(before, [&](const EndpointVisit &visit) {
        Server after = before;
        findEndpoint(after, visit.endpoint.id)->responses.at(0).status = 299;
        findEndpoint(after, visit.endpoint.id)->behaviour = {};
        const std::string patched = native::patch(text, before, after);
        EXPECT_EQ(native::read(patched, "patched").server, after) << visit.endpoint.id;
    });
}
