#include "app/fetch_once.hpp"

#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <future>
#include <utility>

namespace tocsin::app {

base::Result<ingest::WebReply> fetchOnce(ingest::WebRequest request, const std::filesystem::path& county) {
    for (auto* file : {&request.tls.ca, &request.tls.certificate, &request.tls.key})
        if (!file->empty())
            *file = (county / *file).string(); // an absolute one stays itself
    ingest::HttpFetchOptions options;
    options.whole = std::chrono::seconds(30);
    boost::asio::thread_pool worker(1);
    ingest::HttpFetcher fetcher(worker, options);
    std::promise<base::Result<ingest::WebReply>> promise;
    fetcher.get(std::move(request), [&promise](base::Result<ingest::WebReply> reply) { promise.set_value(std::move(reply)); });
    auto reply = promise.get_future().get();
    fetcher.close();
    worker.join();
    return reply;
}

} // namespace tocsin::app
