// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/metrics.h"
#include "core/model/fault_catalogue.h"

#include <functional>

namespace understudy::control {
namespace {

/// Escapes a label value as the format asks: backslash, quote, line break.
std::string labelValue(std::string_view value)
{
    std::string escaped = "\"";
    for (const char c : value) {
        if (c == '\n')
            escaped += "\\n";
        else if (c == '\\' || c == '"')
            escaped += {'\\', c};
        else
            escaped += c;
    }
    return escaped + "\"";
}

class Page
{
public:
    void family(std::string_view name, std::string_view type, std::string_view help)
    {
        m_name = "understudy_" + std::string(name);
        m_text += "# HELP " + m_name + " " + std::string(help) + "\n";
        m_text += "# TYPE " + m_name + " " + std::string(type) + "\n";
    }
    void sample(std::uint64_t value, std::string_view labels = {})
    {
        m_text += m_name;
        if (!labels.empty())
            m_text += "{" + std::string(labels) + "}";
        m_text += " " + std::to_string(value) + "\n";
    }
    /// Prometheus wants seconds; microseconds fit into six decimals.
    void seconds(Duration value)
    {
        std::string fraction = std::to_string(value.count() % 1'000'000);
        fraction.insert(0, 6 - fraction.size(), '0');
        m_text += m_name + " " + std::to_string(value.count() / 1'000'000) + "." + fraction + "\n";
    }
    void single(std::string_view name, std::string_view type, std::string_view help,
                std::uint64_t value)
    {
        family(name, type, help);
        sample(value);
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_name;
    std::string m_text;
};

void perServer(Page &page, const std::vector<ServerStatus> &servers,
               const std::function<std::uint64_t(const ServerStatus &)> &value)
{
    for (const ServerStatus &server : servers)
        page.sample(value(server), "server=" + labelValue(server.id));
}

} // namespace

std::string metricsText(const std::vector<ServerStatus> &servers, const JournalCounters &counters)
{
    Page page;
    page.family("build_info", "gauge", "The running version.");
    page.sample(1, "version=" + labelValue(UNDERSTUDY_VERSION));

    page.family("server_up", "gauge", "1 while the server listens.");
    for (const ServerStatus &server : servers) {
        page.sample(server.state == ServerState::Running ? 1 : 0,
                    "server=" + labelValue(server.id) + ",name=" + labelValue(server.name));
    }
    page.family("requests_total", "counter", "Requests a server received.");
    perServer(page, servers, [](const ServerStatus &server) { return server.requests; });
    page.family("connections", "gauge", "Open connections of a server.");
    perServer(page, servers, [](const ServerStatus &server) { return server.connections; });

    page.family("responses_total", "counter", "Answers of all servers by class of their status.");
    for (std::size_t i = 0; i < counters.byStatusClass.size(); ++i) {
        const std::string label = i == 0 ? "other" : std::to_string(i) + "xx";
        page.sample(counters.byStatusClass[i], "class=" + labelValue(label));
    }
    page.single("unmatched_total", "counter", "Requests that no endpoint answered.",
                counters.unmatched);
    page.family("faults_total", "counter", "Faults that happened on purpose, by kind.");
    for (const auto &[kind, count] : counters.faults)
        page.sample(count, "kind=" + labelValue(faultKindName(kind)));
    page.single("delayed_total", "counter", "Exchanges with injected latency.", counters.delayed);
    page.family("injected_latency_seconds_total", "counter", "Injected latency, all together.");
    page.seconds(counters.injectedLatency);
    page.single("journal_rows", "gauge", "Exchanges the journal holds.", counters.rows);
    page.single("journal_bytes", "gauge", "Memory the journal holds.", counters.bytes);
    page.single("journal_limit_bytes", "gauge", "Memory the journal may hold.",
                counters.bytesLimit);
    page.single("journal_evicted_total", "counter", "Exchanges dropped to make room.",
                counters.evicted);
    page.single("journal_bodies_dropped_total", "counter",
                "Bodies dropped from exchanges that stayed.", counters.bodiesDropped);
    return page.take();
}

} // namespace understudy::control
