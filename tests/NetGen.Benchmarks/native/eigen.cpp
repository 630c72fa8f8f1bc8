// Eigen with sizes that the compiler knows; samples are columns.
#define EIGEN_STACK_ALLOCATION_LIMIT 0
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#include <type_traits>
#include <Eigen/Core>
#include "peer.h"

using namespace Eigen;

// C samples, which are one or a whole batch.
template <int N, int C>
using Columns = Matrix<float, N, C>;

// What both kinds of sample need of memory.
template <int N>
struct Values
{
    Columns<N, 1> single;
    Columns<N, ROWS> batch;

    template <class X>
    auto &of(const X &)
    {
        if constexpr (X::ColsAtCompileTime == 1)
            return single;
        else
            return batch;
    }
};

template <int K, int N>
struct Layer
{
    Matrix<float, N, K> W;
    Matrix<float, N, 1> b;

    const float *load(const float *p)
    {
        for (int o = 0; o < N; o++)
            for (int i = 0; i < K; i++)
                W(o, i) = *p++;
        for (int o = 0; o < N; o++)
            b(o) = *p++;
        return p;
    }

    template <class X, class Z>
    void forward(const X &x, Z &z) const
    {
        z.noalias() = W * x;
        z.colwise() += b;
    }

    template <class X, class D>
    void descend(const X &x, const D &dz, float rate)
    {
        rate /= D::ColsAtCompileTime;
        if constexpr (D::ColsAtCompileTime == 1)
            W.noalias() -= (rate * dz) * x.transpose();
        else
            W.noalias() -= rate * dz * x.transpose();
        b -= rate * dz.rowwise().sum();
    }
};

// A tanh layer and the layers behind it.
template <int K, int N, int... Rest>
struct Chain
{
    Layer<K, N> layer;
    Chain<N, Rest...> rest;
    Values<N> a, d;

    void load(const float *p) { rest.load(layer.load(p)); }

    template <class X>
    auto &hidden(const X &x)
    {
        auto &act = a.of(x);
        layer.forward(x, act);
        act = act.array().tanh();
        return act;
    }

    template <class X>
    auto &forward(const X &x) { return rest.forward(hidden(x)); }

    // Trains, and gives the gradient over x where dx points to somewhere: everywhere but in the first layer.
    template <class X, class T, class D>
    void train(const X &x, const T &t, float rate, D dx)
    {
        auto &act = hidden(x);
        auto &dz = d.of(x);
        rest.train(act, t, rate, &dz);
        dz.array() *= 1 - act.array().square();
        if constexpr (!std::is_null_pointer_v<D>)
            dx->noalias() = layer.W.transpose() * dz;
        layer.descend(x, dz, rate);
    }
};

// The last layer: linear, with the mean squared error.
template <int K, int N>
struct Chain<K, N>
{
    Layer<K, N> layer;
    Values<N> y;

    void load(const float *p) { layer.load(p); }

    template <class X>
    auto &forward(const X &x)
    {
        auto &out = y.of(x);
        layer.forward(x, out);
        return out;
    }

    template <class X, class T, class D>
    void train(const X &x, const T &t, float rate, D dx)
    {
        auto &dz = forward(x);
        dz = (dz - t) * (2.0f / N);
        if constexpr (!std::is_null_pointer_v<D>)
            dx->noalias() = layer.W.transpose() * dz;
        layer.descend(x, dz, rate);
    }
};

constexpr int Shape[] = {SHAPE};

class Network
{
    static constexpr int K = Shape[0], N = Shape[sizeof Shape / sizeof Shape[0] - 1];
    Chain<SHAPE> chain;

    template <int C>
    void predict(const float *x, float *y) { Map<Columns<N, C>>{y} = chain.forward(Map<const Columns<K, C>>(x)); }

    template <int C>
    void train(const float *x, const float *t, float rate)
    {
        chain.train(Map<const Columns<K, C>>(x), Map<const Columns<N, C>>(t), rate, nullptr);
    }

public:
    EIGEN_MAKE_ALIGNED_OPERATOR_NEW

    explicit Network(const float *parameters) { chain.load(parameters); }

    void forward(const float *x, float *y) { predict<1>(x, y); }

    void trainStep(const float *x, const float *t, float rate) { train<1>(x, t, rate); }

    void forwardBatch(const float *x, float *y) { predict<ROWS>(x, y); }

    void trainBatch(const float *x, const float *t, float rate) { train<ROWS>(x, t, rate); }
};

EXPORT(Network)
