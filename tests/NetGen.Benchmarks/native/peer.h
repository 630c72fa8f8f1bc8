// What every native peer exports. A peer is a class with a constructor that takes the parameters in PyTorch's order
// (per layer: weights [out][in], then biases) and the four operations; the benchmark defines SHAPE (such as 2,8,1),
// ROWS and RATE. Whole loops of calls run on this side, so that the call from C# costs nothing.
#pragma once

#define EXPORT(NETWORK)                                                                                                 \
    extern "C" void *create(const float *parameters) { return new NETWORK(parameters); }                               \
    extern "C" void destroy(void *network) { delete static_cast<NETWORK *>(network); }                                 \
    extern "C" void predict(void *network, const float *x, float *y) { static_cast<NETWORK *>(network)->forward(x, y); } \
    extern "C" void run(void *network, int operation, const float *x, const float *t, float *y, int calls)             \
    {                                                                                                                   \
        constexpr int shape[] = {SHAPE};                                                                                \
        constexpr int K = shape[0], N = shape[sizeof shape / sizeof shape[0] - 1];                                      \
        NETWORK &net = *static_cast<NETWORK *>(network);                                                                \
        switch (operation)                                                                                              \
        {                                                                                                               \
        case 0:                                                                                                         \
            for (int c = 0; c < calls; c++)                                                                             \
                net.forward(x + c % ROWS * K, y + c % ROWS * N);                                                        \
            break;                                                                                                      \
        case 1:                                                                                                         \
            for (int c = 0; c < calls; c++)                                                                             \
                net.trainStep(x + c % ROWS * K, t + c % ROWS * N, RATE);                                                \
            break;                                                                                                      \
        case 2:                                                                                                         \
            for (int c = 0; c < calls; c++)                                                                             \
                net.forwardBatch(x, y);                                                                                 \
            break;                                                                                                      \
        case 3:                                                                                                         \
            for (int c = 0; c < calls; c++)                                                                             \
                net.trainBatch(x, t, RATE);                                                                             \
            break;                                                                                                      \
        }                                                                                                               \
    }
