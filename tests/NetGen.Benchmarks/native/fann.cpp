// FANN, fully connected. Its error has neither the 2 nor the mean over the outputs, so its rate has them.
#include <cstring>
#include <fann.h>
#include "peer.h"

constexpr unsigned Shape[] = {SHAPE};
constexpr unsigned Layers = sizeof Shape / sizeof Shape[0];

class Network
{
    static constexpr unsigned K = Shape[0], N = Shape[Layers - 1];
    fann *ann;
    fann_train_data *batch = nullptr;

public:
    explicit Network(const float *p)
    {
        ann = fann_create_standard_array(Layers, Shape);
        fann_set_activation_function_hidden(ann, FANN_SIGMOID_SYMMETRIC);
        fann_set_activation_steepness_hidden(ann, 1);
        fann_set_activation_function_output(ann, FANN_LINEAR);
        fann_set_activation_steepness_output(ann, 1);
        fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR);

        // FANN keeps each neuron's bias behind its weights.
        fann_type *w = ann->weights;
        for (unsigned l = 1; l < Layers; l++)
        {
            unsigned inputs = Shape[l - 1], outputs = Shape[l];
            for (unsigned o = 0; o < outputs; o++)
            {
                for (unsigned i = 0; i < inputs; i++)
                    *w++ = p[o * inputs + i];
                *w++ = p[inputs * outputs + o];
            }
            p += (inputs + 1) * outputs;
        }
    }

    ~Network()
    {
        fann_destroy(ann);
        if (batch)
            fann_destroy_train(batch);
    }

    void forward(const float *x, float *y) { memcpy(y, fann_run(ann, const_cast<float *>(x)), N * sizeof(float)); }

    void trainStep(const float *x, const float *t, float rate)
    {
        ann->learning_rate = rate * 2 / N;
        fann_train(ann, const_cast<float *>(x), const_cast<float *>(t));
    }

    void forwardBatch(const float *x, float *y)
    {
        for (int r = 0; r < ROWS; r++)
            forward(x + r * K, y + r * N);
    }

    void trainBatch(const float *x, const float *t, float rate)
    {
        // FANN wants the rows in its own structure; they are always the same.
        if (!batch)
        {
            batch = fann_create_train(ROWS, K, N);
            for (int r = 0; r < ROWS; r++)
            {
                memcpy(batch->input[r], x + r * K, K * sizeof(float));
                memcpy(batch->output[r], t + r * N, N * sizeof(float));
            }
        }
        ann->learning_rate = rate * 2 / N;
        ann->training_algorithm = FANN_TRAIN_BATCH;
        fann_train_epoch(ann, batch);
    }
};

EXPORT(Network)
