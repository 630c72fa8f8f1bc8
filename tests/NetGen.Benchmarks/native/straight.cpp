// Straight C++ as one writes it by hand: fixed sizes, plain loops, one sample at a time; the rest is the compiler's.
#include <cmath>
#include "peer.h"

// y = W·x + b
template <int K, int N>
struct Dense
{
    alignas(64) float W[N][K];
    alignas(64) float b[N];

    const float *load(const float *p)
    {
        for (int o = 0; o < N; o++)
            for (int i = 0; i < K; i++)
                W[o][i] = *p++;
        for (int o = 0; o < N; o++)
            b[o] = *p++;
        return p;
    }

    void forward(const float *__restrict x, float *__restrict z) const
    {
        for (int o = 0; o < N; o++)
        {
            float sum = b[o];
            for (int i = 0; i < K; i++)
                sum += W[o][i] * x[i];
            z[o] = sum;
        }
    }

    // dx = Wᵀ·dz
    void back(const float *__restrict dz, float *__restrict dx) const
    {
        for (int i = 0; i < K; i++)
            dx[i] = 0;
        for (int o = 0; o < N; o++)
            for (int i = 0; i < K; i++)
                dx[i] += W[o][i] * dz[o];
    }

    // dx = Wᵀ·dz and W −= rate·dz·xᵀ in one pass over W
    void backAndDescend(const float *__restrict x, const float *__restrict dz, float *__restrict dx, float rate)
    {
        for (int i = 0; i < K; i++)
            dx[i] = 0;
        for (int o = 0; o < N; o++)
        {
            float d = dz[o], step = rate * d;
            for (int i = 0; i < K; i++)
            {
                dx[i] += W[o][i] * d;
                W[o][i] -= step * x[i];
            }
            b[o] -= step;
        }
    }

    // W += scale·dz·xᵀ: the first layer's update (scale = −rate), and the sum of gradients (scale = 1)
    void add(const float *__restrict x, const float *__restrict dz, float scale)
    {
        for (int o = 0; o < N; o++)
        {
            float step = scale * dz[o];
            for (int i = 0; i < K; i++)
                W[o][i] += step * x[i];
            b[o] += step;
        }
    }

    void clear()
    {
        for (int o = 0; o < N; o++)
            for (int i = 0; i < K; i++)
                W[o][i] = 0;
        for (int o = 0; o < N; o++)
            b[o] = 0;
    }

    void descend(const Dense &gradient, float rate)
    {
        for (int o = 0; o < N; o++)
            for (int i = 0; i < K; i++)
                W[o][i] -= rate * gradient.W[o][i];
        for (int o = 0; o < N; o++)
            b[o] -= rate * gradient.b[o];
    }
};

// A tanh layer and the layers behind it. Only the layers behind the first one need ∂L/∂x.
template <int K, int N, int... Rest>
struct Chain
{
    Dense<K, N> layer;
    Chain<N, Rest...> rest;

    void load(const float *p) { rest.load(layer.load(p)); }

    void hidden(const float *x, float *a) const
    {
        layer.forward(x, a);
        for (int o = 0; o < N; o++)
            a[o] = tanhf(a[o]);
    }

    static void throughTanh(const float *__restrict a, float *__restrict d)
    {
        for (int o = 0; o < N; o++)
            d[o] *= 1 - a[o] * a[o];
    }

    void forward(const float *x, float *y) const
    {
        alignas(64) float a[N];
        hidden(x, a);
        rest.forward(a, y);
    }

    void trainStep(const float *x, const float *t, float *dx, float rate)
    {
        alignas(64) float a[N], d[N];
        hidden(x, a);
        rest.trainStep(a, t, d, rate);
        throughTanh(a, d);
        if (dx)
            layer.backAndDescend(x, d, dx, rate);
        else
            layer.add(x, d, -rate);
    }

    void accumulate(const float *x, const float *t, float *dx, Chain &gradient) const
    {
        alignas(64) float a[N], d[N];
        hidden(x, a);
        rest.accumulate(a, t, d, gradient.rest);
        throughTanh(a, d);
        if (dx)
            layer.back(d, dx);
        gradient.layer.add(x, d, 1);
    }

    void clear() { layer.clear(), rest.clear(); }

    void descend(const Chain &gradient, float rate)
    {
        layer.descend(gradient.layer, rate);
        rest.descend(gradient.rest, rate);
    }
};

// The last layer: linear, with the mean squared error.
template <int K, int N>
struct Chain<K, N>
{
    Dense<K, N> layer;

    void load(const float *p) { layer.load(p); }

    void forward(const float *x, float *y) const { layer.forward(x, y); }

    void seed(const float *x, const float *t, float *d) const
    {
        layer.forward(x, d);
        for (int o = 0; o < N; o++)
            d[o] = (d[o] - t[o]) * (2.0f / N);
    }

    void trainStep(const float *x, const float *t, float *dx, float rate)
    {
        alignas(64) float d[N];
        seed(x, t, d);
        if (dx)
            layer.backAndDescend(x, d, dx, rate);
        else
            layer.add(x, d, -rate);
    }

    void accumulate(const float *x, const float *t, float *dx, Chain &gradient) const
    {
        alignas(64) float d[N];
        seed(x, t, d);
        if (dx)
            layer.back(d, dx);
        gradient.layer.add(x, d, 1);
    }

    void clear() { layer.clear(); }

    void descend(const Chain &gradient, float rate) { layer.descend(gradient.layer, rate); }
};

constexpr int Shape[] = {SHAPE};

// Not inlined into the loops of calls: there g++ unrolls the loops of small networks before it could vectorise them, and
// they take ten times as long.
#define SEPARATE __attribute__((noinline))

class Network
{
    Chain<SHAPE> chain, gradient;

public:
    explicit Network(const float *parameters) { chain.load(parameters); }

    SEPARATE void forward(const float *x, float *y) const { chain.forward(x, y); }

    SEPARATE void trainStep(const float *x, const float *t, float rate) { chain.trainStep(x, t, nullptr, rate); }

    void forwardBatch(const float *x, float *y) const
    {
        for (int r = 0; r < ROWS; r++)
            forward(x + r * K, y + r * N);
    }

    void trainBatch(const float *x, const float *t, float rate)
    {
        gradient.clear();
        for (int r = 0; r < ROWS; r++)
            accumulate(x + r * K, t + r * N);
        chain.descend(gradient, rate / ROWS);
    }

private:
    SEPARATE void accumulate(const float *x, const float *t) { chain.accumulate(x, t, nullptr, gradient); }

    static constexpr int K = Shape[0], N = Shape[sizeof Shape / sizeof Shape[0] - 1];
};

EXPORT(Network)
