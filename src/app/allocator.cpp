// What jemalloc reads when the program starts. Batches and merges come and go several times a second: memory that was free
// for a second goes back to the system, so what the desk holds stays within a few megabytes of itself at full load
// (docs/PERFORMANCE.md). Ten seconds, the default, keeps the peaks of them all.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "dirty_decay_ms:1000,muzzy_decay_ms:0";
}
